#include "server/aggregation/parameters.hpp"

#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace warsha::aggregation {

namespace {

/// Reads the numbers of one object and sees that each was asked for.
class Section {
public:
  Section(const nlohmann::json& parent, const char* name) : name_(name), object_(parent.at(name)) {}

  template <class Number> Section& number(const char* field, Number& into) {
    known_.insert(field);
    into = object_.at(field).get<Number>();
    return *this;
  }

  [[nodiscard]] Section section(const char* field) {
    known_.insert(field);
    return {object_, field};
  }

  void all_known() const {
    for (const auto& [field, value] : object_.items())
      if (field != "why" && !known_.contains(field))
        throw std::runtime_error("parameters: nothing reads " + name_ + "." + field);
  }

private:
  std::string name_;
  const nlohmann::json& object_;
  std::set<std::string> known_;
};

void read_features(Section section, FeatureWeights& into) {
  section.number("terms", into.terms)
      .number("letters", into.letters)
      .number("frame", into.frame)
      .number("shortest_run", into.shortest_run)
      .number("longest_run", into.longest_run)
      .all_known();
}

void read_similarity(Section section, SimilarityParameters& into) {
  read_features(section.section("features"), into.features);
  section.number("terms", into.terms)
      .number("letters", into.letters)
      .number("containment", into.containment)
      .number("other_word", into.other_word)
      .number("lack_and_remedy", into.lack_and_remedy)
      .number("candidates", into.candidates)
      .number("related", into.related)
      .number("same", into.same)
      .all_known();
}

void read_routing(Section section, RoutingParameters& into) {
  read_features(section.section("features"), into.features);
  section.section("profile")
      .number("saturation", into.profile.saturation)
      .number("length", into.profile.length)
      .number("pairs", into.profile.pairs)
      .number("letters", into.profile.letters)
      .number("brevity", into.profile.brevity)
      .all_known();
  section.section("neighbours")
      .number("count", into.neighbours.count)
      .number("sharpness", into.neighbours.sharpness)
      .number("floor", into.neighbours.floor)
      .all_known();
  section.section("linear")
      .number("cost", into.linear.cost)
      .number("further", into.linear.further)
      .number("passes", into.linear.passes)
      .all_known();
  section.section("many")
      .number("half_way", into.many.half_way)
      .number("decision_example", into.many.decision_example)
      .number("linear_weight", into.many.linear_weight)
      .number("neighbour_weight", into.many.neighbour_weight)
      .number("neighbours", into.many.neighbours)
      .all_known();
  section.number("profile_weight", into.profile_weight)
      .number("linear_weight", into.linear_weight)
      .number("neighbour_weight", into.neighbour_weight)
      .number("prior_weight", into.prior_weight)
      .number("competence_example", into.competence_example)
      .number("decision_example", into.decision_example)
      .number("title_profile", into.title_profile)
      .number("title_confirmed", into.title_confirmed)
      .number("title_half_way", into.title_half_way)
      .number("title_neighbours", into.title_neighbours)
      .number("title_floor", into.title_floor)
      .number("elsewhere", into.elsewhere)
      .number("nearby", into.nearby)
      .number("named", into.named)
      .number("temperature", into.temperature)
      .number("title_temperature", into.title_temperature)
      .number("doubtful_below", into.doubtful_below)
      .all_known();
}

} // namespace

Parameters Parameters::parse(std::string_view json) try {
  const auto document = nlohmann::json::parse(json);
  Parameters parameters;
  parameters.version = document.at("version").get<std::string>();
  read_similarity({document, "similarity"}, parameters.similarity);
  read_routing({document, "routing"}, parameters.routing);
  Section scoring(document, "scoring");
  scoring.number("z", parameters.scoring.z).all_known();
  return parameters;
} catch (const nlohmann::json::exception& error) {
  throw std::runtime_error(std::string("parameters: ") + error.what());
}

} // namespace warsha::aggregation
