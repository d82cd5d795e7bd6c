#include "server/aggregation/administrations.hpp"

#include "server/aggregation/text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace warsha::aggregation {

namespace {

using nlohmann::json;
using Competences = std::map<std::string, std::vector<std::string>>;

Administration parse_administration(const json& entry, const std::map<std::string, Competences>& of_kinds) {
  Administration body;
  body.id = entry.at("id").get<std::string>();
  body.kind = entry.at("kind").get<std::string>();
  body.parent = entry.value("parent", "");
  body.territory = entry.value("territory", "");
  body.places = entry.value("places", std::vector<std::string>());
  body.names = entry.at("name").get<std::map<std::string, std::string>>();
  body.competences =
      body.territory.empty() ? entry.at("competences").get<Competences>() : of_kinds.at(body.kind);
  return body;
}

/// The words that tell one region from another, as they are compared.
std::string spelling(std::string_view name) {
  static const std::set<std::string, std::less<>> kOfAny = {"جهه", "region", "de", "la", "l", "the", "of"};
  std::string out;
  for (const Word& word : read(name).words)
    if (!kOfAny.contains(word.form))
      out += word.form + " ";
  return out;
}

} // namespace

const Administration* Register::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(administrations, id, {}, &Administration::id);
  return found == administrations.end() || found->id != id ? nullptr : &*found;
}

std::string Register::territory_called(std::string_view name) const {
  const auto wanted = spelling(name);
  for (const Territory& territory : territories)
    for (const auto& [language, called] : territory.names)
      if (!wanted.empty() && spelling(called) == wanted)
        return territory.code;
  return {};
}

Register parse_register(std::string_view text) try {
  const auto document = json::parse(text);
  Register all;
  for (const auto& entry : document.at("territories"))
    all.territories.push_back(
        {entry.at("code").get<std::string>(), entry.at("name").get<std::map<std::string, std::string>>()});
  std::map<std::string, Competences> of_kinds;
  for (const auto& entry : document.at("local_bodies"))
    of_kinds.emplace(entry.at("kind").get<std::string>(), entry.at("competences").get<Competences>());
  for (const auto& entry : document.at("administrations"))
    all.administrations.push_back(parse_administration(entry, of_kinds));
  std::ranges::sort(all.territories, {}, &Territory::code);
  std::ranges::sort(all.administrations, {}, &Administration::id);
  return all;
} catch (const json::exception& error) {
  throw std::runtime_error(std::string("not a register of administrations: ") + error.what());
} catch (const std::out_of_range&) {
  throw std::runtime_error("not a register of administrations: a local body of an unknown kind");
}

} // namespace warsha::aggregation
