#include "server/replay/comparison.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::replay {

using nlohmann::json;

namespace {

json ids(const std::vector<std::string>& keys, const WorkshopPlan& plan) {
  json array = json::array();
  for (const auto& key : keys)
    array.push_back(plan.contributions.at(key).text());
  return array;
}

} // namespace

std::vector<std::string> compare(const consultation::FileWorkshop& file, const WorkshopPlan& plan,
                                 const json& snapshot) {
  std::vector<std::string> differences;
  const auto differ = [&](const std::string& where, const json& expected, const json& found) {
    if (expected != found)
      differences.push_back(file.key + "/" + where + ": the file says " + expected.dump() + ", the board " +
                            found.dump());
  };
  differ("title", file.title, snapshot.at("title"));
  differ("phase", "closed", snapshot.at("phase"));
  differ("number of themes", file.themes.size(), snapshot.at("themes").size());
  differ("number of contributions", file.contributions.size(), snapshot.at("contributions").size());

  std::map<std::string, json> themes;
  for (const auto& theme : snapshot.at("themes"))
    themes[theme.at("id").get<std::string>()] = theme.at("title");
  std::map<std::string, json> contributions;
  for (const auto& contribution : snapshot.at("contributions"))
    if (!contributions.emplace(contribution.at("id").get<std::string>(), contribution).second)
      differences.push_back(file.key + ": the contribution " + contribution.at("id").dump() +
                            " is there twice");

  for (const auto& theme : file.themes)
    differ(theme.key, theme.title, themes[plan.themes.at(theme.key).text()]);
  for (const auto& said : file.contributions) {
    const auto found = contributions.find(plan.contributions.at(said.key).text());
    if (found == contributions.end()) {
      differences.push_back(file.key + "/" + said.key + ": is missing on the board");
      continue;
    }
    const auto& item = found->second;
    differ(said.key + "/kind", name(said.kind), item.at("kind"));
    differ(said.key + "/state", "shown", item.at("state"));
    differ(said.key + "/text", said.text, item.value("text", json()));
    differ(said.key + "/theme", said.theme ? json(plan.themes.at(*said.theme).text()) : json(),
           item.value("theme", json()));
    differ(said.key + "/answers", ids(said.answers, plan), item.value("answers", json::array()));
    differ(said.key + "/follows_from", ids(said.follows_from, plan),
           item.value("follows_from", json::array()));
    differ(said.key + "/supports", std::min(said.supports, plan.participants - 1), item.at("supports"));
  }
  return differences;
}

} // namespace warsha::replay
