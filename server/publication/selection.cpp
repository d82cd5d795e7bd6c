#include "server/publication/selection.hpp"

#include "server/aggregation/fold.hpp"
#include "server/publication/page_response.hpp"

#include <algorithm>
#include <charconv>
#include <unicode/unistr.h>

namespace warsha::publication {

using nlohmann::json;

namespace {

std::string folded(const std::string& text) {
  return aggregation::fold(icu::UnicodeString::fromUTF8(text)).form;
}

/// Was something that went into it said in this workshop, or under this theme?
bool was_said_in(const Record& record, const json& proposal, const char* part, const std::string& wanted) {
  return std::ranges::any_of(proposal.at("contributions"), [&](const json& id) {
    const auto* contribution = record.contribution(id.get<std::string>());
    return contribution && contribution->value(part, "") == wanted;
  });
}

/// Which of the balance sheet's places counts it: review/balance.hpp.
std::string place_of(const Record& record, const json& contribution) {
  const auto state = contribution.at("state").get<std::string>();
  // What was hidden after it was decided is counted with the decision.
  if (state == "hidden" && contribution.contains("refused"))
    return "refused";
  if (state != "proposed" && !(state == "hidden" && contribution.contains("proposal")))
    return state;
  const auto* proposal =
      contribution.contains("proposal") ? record.proposal(contribution.at("proposal")) : nullptr;
  return proposal && proposal->contains("answer") ? "answered" : "in_review";
}

/// What was not asked for fits.
bool is(const std::string& wanted, const std::string& value) {
  return wanted.empty() || value == wanted;
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

bool is_of(const Record& record, const Filter& filter) {
  return is(filter.plan, record.plan()) && is(filter.consultation, record.consultation.text()) &&
         (filter.region.empty() || record.about().at("region") == filter.region);
}

bool fits(const Record& record, const json& proposal, const Filter& filter, const std::string& words) {
  if (!is(filter.state, proposal.at("state")) ||
      (!filter.administration.empty() && !has_to_do_with(proposal, filter.administration)))
    return false;
  if (!filter.answer.empty() &&
      (!proposal.contains("answer") || proposal.at("answer").at("kind") != filter.answer))
    return false;
  return (filter.workshop.empty() || was_said_in(record, proposal, "workshop", filter.workshop)) &&
         (filter.theme.empty() || was_said_in(record, proposal, "theme", filter.theme)) &&
         (words.empty() || says(proposal, words));
}

double score_of(const json& proposal) {
  return proposal.at("score").value("value", -1.0);
}

} // namespace

std::string query_of(std::initializer_list<std::pair<const char*, std::string>> all) {
  std::string out;
  for (const auto& [name, value] : all)
    if (!value.empty())
      out += (out.empty() ? "" : "&") + std::string(name) + "=" + percent_encoded(value);
  return out;
}

Filter Filter::of(const std::map<std::string, std::string>& query) {
  const auto asked = [&](const char* name) { return value_of(query, name); };
  return {asked("plan"),  asked("region"),          asked("consultation"), asked("workshop"),
          asked("theme"), asked("administration"),  asked("state"),        asked("answer"),
          asked("q"),     asked("order") == "score"};
}

std::string Filter::query() const {
  return query_of({{"plan", plan},
                   {"region", region},
                   {"consultation", consultation},
                   {"workshop", workshop},
                   {"theme", theme},
                   {"administration", administration},
                   {"state", state},
                   {"answer", answer},
                   {"q", words},
                   {"order", by_score ? "score" : ""}});
}

SaidFilter SaidFilter::of(const std::map<std::string, std::string>& query) {
  const auto asked = [&](const char* name) { return value_of(query, name); };
  return {asked("workshop"), asked("kind"), asked("theme"), asked("status")};
}

std::string SaidFilter::query() const {
  return query_of({{"workshop", workshop}, {"kind", kind}, {"theme", theme}, {"status", place}});
}

bool SaidFilter::fits(const Record& record, const json& contribution) const {
  return is(workshop, contribution.at("workshop")) && is(kind, contribution.at("kind")) &&
         is(theme, contribution.value("theme", "")) &&
         (place.empty() || place_of(record, contribution) == place);
}

std::vector<SelectedContribution> select_refused(const Records& records, const Filter& filter) {
  std::vector<SelectedContribution> selected;
  if (!filter.administration.empty() || !filter.state.empty() || !filter.answer.empty())
    return selected;
  const auto words = folded(filter.words);
  const SaidFilter said{filter.workshop, {}, filter.theme, "refused"};
  for (const auto& record : records)
    if (is_of(*record, filter))
      for (const auto& contribution : record->document.at("contributions"))
        if (said.fits(*record, contribution) &&
            (words.empty() || folded(contribution.value("text", "")).find(words) != std::string::npos))
          selected.push_back({record.get(), &contribution});
  return selected;
}

std::vector<Selected> select(const Records& records, const Filter& filter) {
  const auto words = folded(filter.words);
  std::vector<Selected> selected;
  for (const auto& record : records) {
    if (!is_of(*record, filter))
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
  const auto fits = [&](const char* name, const std::string& value) {
    return is(value_of(query, name), value);
  };
  std::vector<const json*> selected;
  for (const auto& record : records)
    for (const auto& commitment : record->document.at("commitments"))
      if (fits("plan", record->plan()) && fits("consultation", record->consultation.text()) &&
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
