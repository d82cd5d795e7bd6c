#include "server/publication/selection.hpp"

#include "server/aggregation/fold.hpp"

#include <algorithm>
#include <charconv>
#include <unicode/unistr.h>

namespace warsha::publication {

using nlohmann::json;

namespace {

std::string folded(const std::string& text) {
  return aggregation::fold(icu::UnicodeString::fromUTF8(text)).form;
}

bool was_said_in(const Record& record, const json& proposal, const std::string& workshop) {
  return std::ranges::any_of(proposal.at("contributions"), [&](const json& id) {
    const auto* contribution = record.contribution(id.get<std::string>());
    return contribution && contribution->at("workshop") == workshop;
  });
}

/// Does it lead, or contribute?
bool has_to_do_with(const json& proposal, const std::string& administration) {
  return proposal.value("lead", "") == administration ||
         std::ranges::any_of(proposal.at("contributing"),
                             [&](const json& helper) { return helper == administration; });
}

bool says(const json& proposal, const std::string& words) {
  std::string all = proposal.at("title").get<std::string>() + "\n" + proposal.at("text").get<std::string>();
  for (const auto& said : proposal.at("said"))
    all += "\n" + said.at("text").get<std::string>();
  return folded(all).find(words) != std::string::npos;
}

bool fits(const Record& record, const json& proposal, const Filter& filter, const std::string& words) {
  const auto is = [](const std::string& wanted, const json& value) {
    return wanted.empty() || value == wanted;
  };
  if (!is(filter.state, proposal.at("state")) ||
      (!filter.administration.empty() && !has_to_do_with(proposal, filter.administration)))
    return false;
  if (!filter.answer.empty() &&
      (!proposal.contains("answer") || proposal.at("answer").at("kind") != filter.answer))
    return false;
  return (filter.workshop.empty() || was_said_in(record, proposal, filter.workshop)) &&
         (words.empty() || says(proposal, words));
}

double score_of(const json& proposal) {
  return proposal.at("score").value("value", -1.0);
}

} // namespace

Filter Filter::of(const std::map<std::string, std::string>& query) {
  const auto asked = [&](const char* name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
  };
  return {asked("region"), asked("consultation"), asked("workshop"), asked("administration"),
          asked("state"),  asked("answer"),       asked("q"),        asked("order") == "score"};
}

std::string Filter::query() const {
  std::string out;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty())
      out += (out.empty() ? "" : "&") + std::string(name) + "=" + percent_encoded(value);
  };
  add("region", region);
  add("consultation", consultation);
  add("workshop", workshop);
  add("administration", administration);
  add("state", state);
  add("answer", answer);
  add("q", words);
  add("order", by_score ? "score" : "");
  return out;
}

std::vector<Selected> select(const Records& records, const Filter& filter) {
  const auto words = folded(filter.words);
  std::vector<Selected> selected;
  for (const auto& record : records) {
    if (!filter.consultation.empty() && filter.consultation != record->consultation.text())
      continue;
    if (!filter.region.empty() && record->about().at("region") != filter.region)
      continue;
    for (const auto& proposal : record->document.at("proposals"))
      if (fits(*record, proposal, filter, words))
        selected.push_back({record.get(), &proposal});
  }
  std::ranges::stable_sort(selected, [&](const Selected& a, const Selected& b) {
    return filter.by_score ? score_of(*a.proposal) > score_of(*b.proposal)
                           : a.proposal->at("at") > b.proposal->at("at");
  });
  return selected;
}

std::vector<const json*> select_commitments(const Records& records,
                                            const std::map<std::string, std::string>& query) {
  const auto fits = [&](const char* name, const json& value) {
    const auto asked = query.find(name);
    return asked == query.end() || asked->second.empty() || value == asked->second;
  };
  std::vector<const json*> selected;
  for (const auto& record : records)
    for (const auto& commitment : record->document.at("commitments"))
      if (fits("consultation", record->consultation.text()) &&
          fits("administration", commitment.at("lead")) && fits("status", commitment.at("status")))
        selected.push_back(&commitment);
  std::ranges::stable_sort(
      selected, [](const json* a, const json* b) { return a->at("confirmed_at") > b->at("confirmed_at"); });
  return selected;
}

Page page_of(const std::string& asked, std::size_t total, std::size_t per_page) {
  Page page;
  page.pages = std::max<std::size_t>(1, (total + per_page - 1) / per_page);
  std::size_t number = 1;
  if (std::from_chars(asked.data(), asked.data() + asked.size(), number).ec != std::errc{})
    number = 1;
  page.number = std::clamp<std::size_t>(number, 1, page.pages);
  page.first = (page.number - 1) * per_page;
  page.end = std::min(total, page.first + per_page);
  return page;
}

std::string percent_encoded(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const unsigned char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
        c == '.' || c == '~') {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += kDigits[c >> 4U];
      out += kDigits[c & 15U];
    }
  }
  return out;
}

} // namespace warsha::publication
