#include "protocol/limits.hpp"
#include "server/aggregation/scoring.hpp"
#include "server/publication/page_parts.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/selection.hpp"
#include "server/publication/templates.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace warsha::publication {

using aggregation::Criterion;
using nlohmann::json;

namespace {

aggregation::Score score_of(const json& published) {
  aggregation::Score score;
  score.lowest = published.at("lowest");
  score.highest = published.at("highest");
  if (published.contains("value"))
    score.value = published.at("value").get<double>();
  for (const auto& criterion : published.at("criteria")) {
    auto& one = score.criteria.emplace_back();
    one.criterion = criterion.at("criterion");
    one.weight = criterion.at("weight");
    one.share = criterion.at("share");
    if (criterion.contains("value"))
      one.value = criterion.at("value").get<double>();
  }
  return score;
}

std::vector<Criterion> grid_of(const json& published) {
  std::vector<Criterion> grid;
  for (const auto& one : published)
    grid.push_back({one.at("criterion"), one.at("weight").get<double>()});
  return grid;
}

/// A weight to half a point: half of an odd one can be tried.
double to_half(double weight) {
  return std::round(weight * 2) / 2;
}

/// As a form's field holds it, whatever the language.
std::string plain(double weight) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, weight);
  return {text, end};
}

std::string told(const Texts& texts, double weight) {
  return weight == std::floor(weight) ? texts.number(static_cast<std::size_t>(weight))
                                      : texts.decimal(weight);
}

/// The grid with the weights that the reader tries; what is no weight counts as published.
std::vector<Criterion> tried(const Visit& visit, std::vector<Criterion> grid) {
  for (auto& criterion : grid) {
    const auto asked = visit.asked(("weight_" + criterion.id).c_str());
    double weight = 0;
    const auto [end, error] = std::from_chars(asked.data(), asked.data() + asked.size(), weight);
    if (error == std::errc{} && end == asked.data() + asked.size() && weight >= 0 &&
        weight <= limits::kTriedWeightMost)
      criterion.weight = to_half(weight);
  }
  return grid;
}

bool same(const std::vector<Criterion>& a, const std::vector<Criterion>& b) {
  return std::ranges::equal(a, b, {}, &Criterion::weight, &Criterion::weight);
}

json weights(const Texts& texts, const std::vector<Criterion>& published, const std::vector<Criterion>& now) {
  json out = json::array();
  for (std::size_t i = 0; i < published.size(); ++i)
    out.push_back(
        {{"id", published[i].id},
         {"name", texts("criterion." + published[i].id)},
         {"weight", plain(now[i].weight)},
         {"told", told(texts, now[i].weight)},
         {"published", texts("scores.published",
                             {{"weight", texts.number(static_cast<std::size_t>(published[i].weight))}})},
         {"most", std::to_string(limits::kTriedWeightMost)}});
  return out;
}

/// Every version that was published, the latest first.
json versions(const Texts& texts, const Record& record) {
  json out = json::array();
  for (const auto& grid : record.document.at("grids")) {
    json one{{"name", texts("grid.version", {{"version", texts.number(grid.at("version").get<std::size_t>())},
                                             {"date", texts.day(grid.at("at").get<TimeMs>())}})}};
    for (const auto& criterion : grid.at("criteria"))
      one["criteria"].push_back({{"name", texts("criterion." + criterion.at("criterion").get<std::string>())},
                                 {"weight", texts.number(criterion.at("weight").get<std::size_t>())}});
    if (grid.contains("why"))
      one["why"] = {{"words", words_of(texts, grid.at("why"))}};
    out.insert(out.begin(), std::move(one));
  }
  return out;
}

/// A proposal's values by the grid, in its order: with the weights they give its score.
json values(const Texts& texts, const aggregation::Score& score) {
  json out = json::array();
  for (const auto& criterion : score.criteria)
    out.push_back({{"value", criterion.value ? texts.decimal(*criterion.value * 100) : "–"}});
  return out;
}

/// The proposals that change place, those that move furthest first; a page of them.
json moves_of(const Texts& texts, const json& proposals, std::vector<aggregation::Move> moves) {
  const auto distance = [](const aggregation::Move& one) {
    return one.from > one.to ? one.from - one.to : one.to - one.from;
  };
  std::ranges::stable_sort(moves, std::greater(), distance);
  moves.resize(std::min(moves.size(), limits::kProposalsPerPage));
  json out = json::array();
  for (const auto& move : moves) {
    const auto& proposal = proposals[move.proposal];
    out.push_back({{"title", proposal.at("title")},
                   {"url", "/proposals/" + proposal.at("id").get<std::string>()},
                   {"ranks", texts("scores.moved",
                                   {{"from", texts.number(move.from)}, {"to", texts.number(move.to)}})}});
  }
  return out;
}

/// Which places hang on which weight, and where all would stand with it.
json sensitivity(const Visit& visit, const json& proposals, const std::vector<aggregation::Score>& scores,
                 const std::vector<Criterion>& grid) {
  const auto& texts = visit.texts;
  json out = json::array();
  for (auto& one : aggregation::sensitivity(scores, grid)) {
    if (one.moves.empty())
      continue;
    const auto weight = std::ranges::find(grid, one.criterion, &Criterion::id)->weight * one.factor;
    json row{{"name", texts("criterion." + one.criterion)},
             {"change", texts(one.factor < 1 ? "scores.halved" : "scores.doubled")},
             {"weight", told(texts, weight)},
             {"moves", texts.count("scores.moves", one.moves.size())}};
    if (weight <= limits::kTriedWeightMost)
      row["try"] = {{"url", visit.path + "?language=" + texts.language() + "&weight_" +
                                percent_encoded(one.criterion) + "=" + plain(weight)}};
    row["moved"] = moves_of(texts, proposals, std::move(one.moves));
    out.push_back(std::move(row));
  }
  return out;
}

} // namespace

std::optional<std::string> scores_page(const Visit& visit, const Records& records, const std::string& id) {
  const auto& texts = visit.texts;
  for (const auto& record : records) {
    if (record->consultation.text() != id)
      continue;
    const auto& proposals = record->document.at("proposals");
    const auto published = grid_of(record->document.at("grid"));
    const auto grid = tried(visit, published);
    std::vector<aggregation::Score> before;
    std::vector<aggregation::Score> now;
    for (const auto& proposal : proposals) {
      before.push_back(score_of(proposal.at("score")));
      now.push_back(aggregation::reweigh(before.back(), grid));
    }
    std::vector<std::size_t> rank_before(before.size());
    for (const auto& ranked : aggregation::rank(before))
      rank_before[ranked.proposal] = ranked.rank;
    auto model = frame(visit, "consultations", texts("scores.title"), texts("scores.lead"));
    model["consultation"] = {{"title", record->about().at("title")}, {"url", "/consultations/" + id}};
    model["path"] = visit.path;
    model["grid"] = grid_sentence(texts, *record);
    model["versions"] = versions(texts, *record);
    model["published"] = !model["versions"].empty();
    model["weights"] = weights(texts, published, grid);
    model["trying"] = !same(published, grid);
    model["sensitivity"] = sensitivity(visit, proposals, before, published);
    model["steady"] = model["sensitivity"].empty();
    for (const auto& ranked : aggregation::rank(now)) {
      const auto& score = now[ranked.proposal];
      const auto& proposal = proposals[ranked.proposal];
      json row{{"rank", texts.number(ranked.rank)},
               {"title", proposal.at("title")},
               {"url", "/proposals/" + proposal.at("id").get<std::string>()},
               {"score", score.value ? texts.decimal(*score.value * 100) : texts("score.none")},
               {"between", texts.decimal(score.lowest * 100) + "–" + texts.decimal(score.highest * 100)}};
      row["values"] = values(texts, score);
      if (ranked.rank != rank_before[ranked.proposal])
        row["moved"] = {
            {"from", texts("scores.was", {{"rank", texts.number(rank_before[ranked.proposal])}})}};
      model["proposals"].push_back(std::move(row));
    }
    model["empty"] = proposals.empty();
    return fill("scores.html", texts, model);
  }
  return std::nullopt;
}

} // namespace warsha::publication
