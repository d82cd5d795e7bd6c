#include "server/publication/balance_sheet.hpp"

#include "server/publication/page_parts.hpp"
#include "server/review/actions.hpp"

namespace warsha::publication {

using nlohmann::json;

namespace {

/// A sheet's rows, without those that count nothing.
struct Rows {
  const Texts& texts;
  json all = json::array();

  /// `shade`: what it has in common with other rows, as a colour.
  void add(const std::string& label, const json& count, const char* shade) {
    if (const auto value = count.get<std::size_t>(); value > 0)
      all.push_back({{"label", label}, {"count", texts.number(value)}, {"shade", shade}, {"value", value}});
  }
  void add_fates(const json& fates) {
    add(texts("balance.waiting"), fates.at("waiting"), "waits");
    add(texts("balance.returned"), fates.at("returned"), "waits");
    add(texts("balance.in_review"), fates.at("in_review"), "studied");
    for (const std::string kind : Words<review::AnswerKind>::kAll)
      add(texts("answers." + kind), fates.at("answered").value(kind, 0), shade_of(kind));
    for (const std::string reason : Words<review::RefusalReason>::kAll)
      add(texts("balance.refused") + ": " + texts("refusal." + reason), fates.at("refused").value(reason, 0),
          "refused");
  }
  static const char* shade_of(const std::string& kind) {
    return kind == "taken" || kind == "taken_in_part" || kind == "already_done" ? "taken" : "not-taken";
  }
};

/// The rows side by side, each as long as its share: the numbers are a table's, and this is to be seen. Drawn
/// and no background, so that it is there in print.
json bar_of(json& rows, std::size_t received) {
  constexpr std::size_t kLength = 1000;
  json parts = json::array();
  std::size_t before = 0;
  for (auto& row : rows) {
    const auto value = row.at("value").get<std::size_t>();
    const auto begin = before * kLength / received;
    before += value;
    parts.push_back({{"shade", row.at("shade")},
                     {"begin", std::to_string(begin)},
                     {"length", std::to_string(before * kLength / received - begin)}});
  }
  return {{"parts", std::move(parts)}};
}

} // namespace

json balance_sheet(const Texts& texts, const json& balance) {
  Rows rows{texts};
  rows.add_fates(balance);
  if (balance.at("merged").get<std::size_t>() > 0) {
    rows.add(texts("balance.merged"), balance.at("merged"), "merged");
    Rows shared{texts};
    shared.add_fates(balance.at("merged_by_fate"));
    rows.all.back()["shares"] = {{"rows", std::move(shared.all)}};
  }
  for (const auto* place : {"withdrawn", "hidden"})
    rows.add(texts(std::string("balance.") + place), balance.at(place), "away");
  const auto received = balance.at("received").get<std::size_t>();
  json out{{"received", texts.number(received)}};
  if (received > 0)
    out["bar"] = bar_of(rows.all, received);
  for (auto& row : rows.all)
    row["percent"] = percent_sentence(texts, row.at("value").get<double>() / static_cast<double>(received));
  out["rows"] = std::move(rows.all);
  return out;
}

void add_balance(json& sum, const json& balance) {
  for (const auto& [name, part] : balance.items()) {
    if (part.is_object())
      add_balance(sum.emplace(name, json::object()).first.value(), part);
    else
      sum[name] = sum.value(name, std::size_t{0}) + part.get<std::size_t>();
  }
}

} // namespace warsha::publication
