#include "server/aggregation/defaults.hpp"

#include "schemas/aggregation.hpp"

namespace warsha::aggregation {

const Lexicon& shipped_lexicon() {
  static const Lexicon lexicon = Lexicon::parse(schemas::kLexicon);
  return lexicon;
}

const Parameters& shipped_parameters() {
  static const Parameters parameters = Parameters::parse(schemas::kAggregationParameters);
  return parameters;
}

const std::vector<Administration>& shipped_administrations() {
  static const std::vector<Administration> administrations = parse_administrations(schemas::kAdministrations);
  return administrations;
}

} // namespace warsha::aggregation
