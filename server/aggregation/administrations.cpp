#include "server/aggregation/administrations.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace warsha::aggregation {

std::vector<Administration> parse_administrations(std::string_view json) try {
  std::vector<Administration> bodies;
  const auto document = nlohmann::json::parse(json);
  for (const auto& entry : document.at("administrations")) {
    Administration& body = bodies.emplace_back();
    body.id = entry.at("id").get<std::string>();
    body.kind = entry.at("kind").get<std::string>();
    body.parent = entry.value("parent", "");
    body.territory = entry.value("territory", "");
    body.places = entry.value("places", std::vector<std::string>());
    for (const auto& [language, name] : entry.at("name").items())
      body.names.emplace(language, name.get<std::string>());
    for (const auto& [language, phrases] : entry.at("competences").items())
      for (const auto& phrase : phrases)
        body.competences.push_back(phrase.get<std::string>());
  }
  std::sort(bodies.begin(), bodies.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return bodies;
} catch (const nlohmann::json::exception& error) {
  throw std::runtime_error(std::string("not a register of administrations: ") + error.what());
}

} // namespace warsha::aggregation
