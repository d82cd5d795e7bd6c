#include "server/mail/letters.hpp"

#include "protocol/limits.hpp"
#include "server/publication/names.hpp"

#include <algorithm>
#include <optional>

namespace warsha::mail {

using publication::administration_name;
using publication::Texts;

namespace {

/// Of the two languages in which administrations answer, the reader's.
template <class InTwo> const std::string& in(const Texts& texts, const InTwo& words) {
  return texts.language() == "ar" ? words.ar : words.fr;
}

std::string key_of(const News& news) {
  return std::string("mail.") + name(news.kind);
}

using Parameters = std::vector<std::pair<std::string_view, std::string>>;

Parameters parameters_of(const News& news, const Texts& texts) {
  Parameters all;
  if (!news.administration.empty())
    all.emplace_back("administration", administration_name(texts, news.administration));
  if (news.due_at)
    all.emplace_back("date", texts.due_day(*news.due_at));
  if (news.refusal)
    all.emplace_back("reason", texts(std::string("refusal.") + name(*news.refusal)));
  if (news.answer)
    all.emplace_back("kind", texts(std::string("answer.") + name(*news.answer)));
  if (news.progress)
    all.emplace_back("status", texts(std::string("status.") + name(*news.progress)));
  // Somebody's own words last: nothing in them is replaced.
  all.emplace_back("title", news.commitment ? in(texts, *news.commitment) : news.title);
  return all;
}

void begin(Letter& letter, const Texts& texts) {
  letter.in(texts.language());
  letter.say(texts("mail.hello"));
}

void name_it(Letter& letter, const Followed& one) {
  letter.item(one.words.empty() ? one.what : "«" + one.words + "»", one.words.empty() ? "" : one.what,
              one.url);
}

void end(Letter& letter, const std::vector<Followed>& parts, const std::string& stop_url,
         const Texts& texts) {
  letter.head(texts("mail.followed"));
  for (const auto& one : parts)
    name_it(letter, one);
  letter.link(texts("mail.stop"), stop_url);
}

std::string titled(const Texts& texts, const std::string& key, const std::string& title) {
  return texts(key, {{"title", cut(title, limits::kMailTitleCodePoints)}});
}

const char* heading_of(Urgency urgency) {
  switch (urgency) {
  case Urgency::late:
    return "mail.reminder.late";
  case Urgency::soon:
    return "mail.reminder.soon";
  default:
    return "mail.reminder.new";
  }
}

/// What waits for one administration, the most pressing first.
void list_waiting(Letter& letter, const std::vector<Waiting>& waiting, const Texts& texts) {
  std::string administration;
  std::string heading;
  for (const auto& one : waiting) {
    if (one.urgency == Urgency::calm)
      continue;
    if (one.administration != administration) {
      administration = one.administration;
      heading.clear();
      letter.say(texts("mail.reminder", {{"administration", administration_name(texts, administration)}}));
    }
    if (heading != heading_of(one.urgency)) {
      heading = heading_of(one.urgency);
      letter.head(texts(heading));
    }
    std::string when;
    if (one.late_days > 0)
      when = texts.count("late", static_cast<std::size_t>(one.late_days));
    else if (one.due_at > 0)
      when = texts("due", {{"date", texts.due_day(one.due_at)}});
    letter.item(one.title, when, "");
  }
}

/// What waits for a word of an organiser or of the committee, of each kind together.
void list_duties(Letter& letter, const std::vector<Duty>& duties, const Texts& texts) {
  std::optional<DutyKind> kind;
  std::size_t listed = 0;
  for (const auto& one : duties) {
    if (one.kind != kind) {
      kind = one.kind;
      listed = 0;
      letter.head(texts(std::string("mail.duty.") + name(one.kind)));
    }
    if (++listed > limits::kMailListed)
      continue; // the desk, to which the letter leads, has them all
    letter.item(cut(in(texts, one.title), limits::kMailQuoteCodePoints),
                one.until.empty() ? "" : texts("mail.duty.until", {{"date", texts.day(one.until)}}), "");
  }
}

} // namespace

Followed followed(const store::Follower& follower, const std::string& title, const Texts& texts,
                  const std::string& public_url) {
  const auto& subscription = follower.subscription;
  const std::string about = name(subscription.about);
  Followed out{texts("mail.followed." + about), title,
               public_url + "/" + about + "s/" + subscription.target + "?language=" + texts.language()};
  if (subscription.about != store::About::contribution)
    return out;
  out.words = cut(follower.text.value_or(""), limits::kMailQuoteCodePoints);
  if (subscription.relation != store::Relation::reader)
    out.url = public_url + "/receipt/" + follower.receipt + "?language=" + texts.language();
  return out;
}

Letter tell(const News& news, const Told& told, const std::vector<Followed>& parts,
            const std::string& stop_url, const Texts& texts) {
  const auto key = key_of(news);
  const auto parameters = parameters_of(news, texts);
  Letter letter;
  letter.subject = titled(texts, key + ".subject", parameters.back().second);
  begin(letter, texts);
  const bool is_own =
      !told.parts.empty() && told.parts.front().subscription.relation != store::Relation::reader;
  if (!news.note.empty() && (is_own || news.authors_only)) {
    letter.say(texts(news.authors_only ? key : key + ".own", parameters));
    letter.quote(news.note);
  } else {
    letter.say(texts(key, parameters));
  }
  if (news.words)
    letter.quote(in(texts, *news.words));
  if (!news.link.empty())
    letter.link(texts("mail.link"), news.link);
  end(letter, parts, stop_url, texts);
  return letter;
}

Letter ask_to_confirm(const Followed& wanted, const std::string& confirm_url, const Texts& texts) {
  Letter letter;
  letter.subject = texts("mail.confirm.subject");
  begin(letter, texts);
  letter.say(texts("mail.confirm"));
  name_it(letter, wanted);
  letter.link(texts("mail.confirm.go"), confirm_url);
  letter.say(texts("mail.confirm.ignore"));
  return letter;
}

Letter tell_outcome(const std::string& consultation, const std::vector<Published>& published,
                    const Followed& consultation_page, const std::string& stop_url, const Texts& texts) {
  Letter letter;
  letter.subject = titled(texts, "mail.outcome.subject", consultation);
  begin(letter, texts);
  letter.say(texts("mail.outcome", {{"title", consultation}}));
  std::size_t listed = 0;
  for (const auto& one : published) {
    if (listed++ == limits::kMailListed) {
      letter.say(texts("mail.outcome.more"));
      break;
    }
    letter.item(one.answer ? texts("mail.outcome.answer",
                                   {{"kind", texts(std::string("answer.") + name(*one.answer))},
                                    {"title", one.title}})
                           : texts("mail.outcome.commitment", {{"title", one.title}}),
                "", one.url);
  }
  end(letter, {consultation_page}, stop_url, texts);
  return letter;
}

Letter remind(const std::vector<Waiting>& waiting, const std::vector<Duty>& duties,
              const std::string& review_url, const std::vector<std::string>& languages) {
  const bool answers = std::ranges::any_of(waiting, &Waiting::worth_a_letter);
  Letter letter;
  for (const auto& language : languages) {
    const auto& texts = Texts::of(language);
    letter.subject += (letter.subject.empty() ? "" : " – ") +
                      texts(answers ? "mail.reminder.subject" : "mail.duty.subject");
    begin(letter, texts);
    list_waiting(letter, waiting, texts);
    list_duties(letter, duties, texts);
    letter.link(texts(answers && duties.empty() ? "mail.reminder.go" : "mail.duty.go"), review_url);
  }
  return letter;
}

} // namespace warsha::mail
