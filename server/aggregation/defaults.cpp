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

const Register& shipped_register() {
  static const Register shipped = parse_register(schemas::kAdministrations);
  return shipped;
}

} // namespace warsha::aggregation
