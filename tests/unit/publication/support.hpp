#pragma once

#include "server/publication/catalogue.hpp"
#include "tests/unit/live/support.hpp"

#include <nlohmann/json.hpp>

/// A public record in the tests' own words.
namespace warsha::publication::test {

using nlohmann::json;

inline constexpr TimeMs kMonday = 1'764'547'200'000; // 2025-12-01T00:00Z

inline json words(const char* arabic, const char* french) {
  return {{"ar", arabic}, {"fr", french}};
}

inline json proposal(const std::string& id, const std::string& title, TimeMs at = kMonday) {
  return {{"id", id},
          {"title", title},
          {"text", "نص المقترح"},
          {"contributions", json::array()},
          {"said", json::array()},
          {"behind", {{"contributions", 0}}},
          {"state", "open"},
          {"at", at},
          {"contributing", json::array()},
          {"late_days", 0},
          {"hops", json::array()},
          {"score",
           {{"lowest", 0.1},
            {"highest", 0.9},
            {"grid_version", 0},
            {"groups", json::array()},
            {"supporters", 0},
            {"asked", 0},
            {"z", 1.96},
            {"criteria", json::array()}}}};
}

inline json contribution(const std::string& id, const std::string& text,
                         const std::string& state = "waiting") {
  return {{"id", id},
          {"kind", "solution"},
          {"workshop", "w"},
          {"at", kMonday},
          {"people", 1},
          {"channel", "device"},
          {"state", state},
          {"answers", json::array()},
          {"follows_from", json::array()},
          {"text", text}};
}

inline json criteria(const char* criterion, int weight) {
  json out = json::array();
  out.push_back({{"criterion", criterion}, {"weight", weight}});
  return out;
}

/// Of nothing but what waits.
inline json balance(std::size_t received) {
  return {{"received", received},
          {"waiting", received},
          {"returned", 0},
          {"in_review", 0},
          {"answered", json::object()},
          {"refused", json::object()},
          {"withdrawn", 0},
          {"hidden", 0},
          {"merged", 0},
          {"merged_by_fate",
           {{"waiting", 0},
            {"returned", 0},
            {"in_review", 0},
            {"answered", json::object()},
            {"refused", json::object()}}}};
}

/// With one workshop, "w".
inline std::shared_ptr<Record> record(json contributions, json proposals, std::uint8_t number = 1,
                                      const std::string& region = "طنجة") {
  auto made = std::make_shared<Record>();
  made->consultation = ConsultationId{live::test::numbered(number)};
  made->version = "1";
  made->document = {{"consultation",
                     {{"id", made->consultation.text()},
                      {"title", "لقاء"},
                      {"city", "طنجة"},
                      {"region", region},
                      {"date", "2025-12-01"}}},
                    {"workshops",
                     {{{"id", "w"},
                       {"title", "ورشة"},
                       {"closed", true},
                       {"people", 3},
                       {"contributions", contributions.size()},
                       {"balance", balance(contributions.size())}}}},
                    {"grid", {{{"criterion", "support"}, {"weight", 30}}}},
                    {"grids", json::array()},
                    {"lists", json::array()},
                    {"overrulings", json::array()},
                    {"balance", balance(contributions.size())},
                    {"contributions", std::move(contributions)},
                    {"proposals", std::move(proposals)},
                    {"ended_proposals", json::array()},
                    {"links", json::array()},
                    {"told_apart", json::array()},
                    {"commitments", json::array()}};
  const auto index = [](const json& list, auto& places) {
    for (std::size_t i = 0; i < list.size(); ++i)
      places.emplace(list[i].at("id").get<std::string>(), i);
  };
  index(made->document.at("proposals"), made->proposals);
  index(made->document.at("contributions"), made->contributions);
  index(made->document.at("workshops"), made->workshops);
  index(made->document.at("commitments"), made->commitments);
  return made;
}

} // namespace warsha::publication::test
