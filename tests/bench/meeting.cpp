#include "tests/bench/meeting.hpp"

#include "protocol/limits.hpp"
#include "server/access/secrets.hpp"
#include "server/live/event_codec.hpp"
#include "server/live/projection.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace warsha::bench {

namespace {

constexpr std::array kWords{"الجماعة", "المجلس", "محضر",     "الدورة", "نشر",      "السكان",    "الطريق",
                            "المدرسة", "الماء",  "الصالح",   "إنارة",  "الحي",     "الميزانية", "مشاركة",
                            "الشباب",  "النساء", "المعلومة", "موقع",   "إلكتروني", "بالعربية",  "والأمازيغية",
                            "لا",      "توجد",   "في",       "على",    "من",       "إلى",       "كل",
                            "سنة",     "اجتماع", "عمومي",    "للنقاش", "قبل",      "التصويت",   "عليها"};

constexpr std::size_t kThemesWanted = 8;
/// With so many problems on the board people go on to solutions, which they may support as well.
constexpr std::size_t kProblems = 50;

} // namespace

std::string arabic_words(std::mt19937& random) {
  std::string text;
  for (std::size_t words = 12 + random() % 14; words-- > 0;) {
    if (!text.empty())
      text += ' ';
    text += kWords[random() % kWords.size()];
  }
  return text;
}

std::string receipt(std::mt19937& random) {
  std::string text;
  while (text.size() < 14) {
    if (text.size() == 4 || text.size() == 9)
      text += '-';
    text += access::kCodeAlphabet[random() % access::kCodeAlphabet.size()];
  }
  return text;
}

Meeting::Meeting(unsigned seed, MeetingSize size)
    : random_(seed), size_(size),
      id_(fresh_id<WorkshopId>()), facilitator_{Role::facilitator, fresh_id<ActorId>()} {
  for (std::size_t i = 0; i < size.people; ++i)
    people_.push_back({Role::participant, fresh_id<ActorId>()});
}

template <class AnyId> AnyId Meeting::fresh_id() {
  std::array<std::uint8_t, 10> bytes{};
  for (auto& byte : bytes)
    byte = static_cast<std::uint8_t>(random_());
  return AnyId{uuid::make(now_, bytes)};
}

const live::Contribution& Meeting::some_contribution() {
  return board_.contributions[pick(board_.contributions.size())];
}

Meeting::Attempt Meeting::attempt(const access::Actor& actor, Action action) {
  return {actor, {fresh_id<CommandId>(), std::move(action), random_()}};
}

Meeting::Attempt Meeting::contribute() {
  return attempt(
      people_[pick(people_.size())],
      action::Contribute{
          board_.phase == Phase::problems ? Kind::problem : Kind::solution, arabic_words(random_), {}, {}});
}

Meeting::Attempt Meeting::edit() {
  const auto& contribution = some_contribution();
  return attempt({Role::participant, contribution.author},
                 action::Edit{contribution.id, arabic_words(random_)});
}

Meeting::Attempt Meeting::support() {
  const auto& actor = people_[pick(people_.size())];
  const auto& contribution = some_contribution();
  return attempt(actor, action::Support{contribution.id, !contribution.supporters.contains(actor.id)});
}

Meeting::Attempt Meeting::group() {
  if (board_.themes.size() < kThemesWanted)
    return attempt(facilitator_, action::ThemeAdd{"عنوان " + std::to_string(board_.themes.size() + 1)});
  return attempt(facilitator_, action::Place{some_contribution().id, board_.themes[pick(kThemesWanted)].id});
}

Meeting::Attempt Meeting::next_attempt() {
  const bool full = board_.contributions.size() >= size_.contributions;
  const auto wish = pick(10);
  if (board_.contributions.empty() || (wish < 4 && !full))
    return contribute();
  if (wish == 4)
    return edit();
  if (wish == 5)
    return group();
  return board_.phase == Phase::problems ? contribute() : support();
}

std::optional<live::Event> Meeting::act(Attempt attempt) {
  now_ += 137;
  auto decision =
      live::decide(board_, attempt.command, attempt.actor, now_,
                   {std::holds_alternative<action::Contribute>(attempt.command.action) ? receipt(random_)
                                                                                       : std::string()});
  auto* change = std::get_if<live::Change>(&decision);
  if (!change)
    return std::nullopt;
  live::Event event{board_.seq + 1, now_, attempt.actor.id,
                    live::Cause{attempt.command.id, attempt.command.fingerprint}, std::move(*change)};
  live::apply(board_, event);
  return event;
}

live::Event Meeting::next() {
  if (board_.seq == 0) {
    live::Event opened{1, now_, {}, std::nullopt, live::change::Opened{title(), "ar", {}}};
    live::apply(board_, opened);
    return opened;
  }
  if (board_.seq == 1)
    return *act(attempt(facilitator_, action::PhaseEnter{Phase::problems}));
  if (board_.phase == Phase::problems &&
      board_.contributions.size() >= std::min(kProblems, size_.contributions))
    return *act(attempt(facilitator_, action::PhaseEnter{Phase::solutions}));
  for (;;) // one's own contribution can't be supported, a solution can't be grouped: then something else
    if (auto event = act(next_attempt()))
      return std::move(*event);
}

void Meeting::contribute_until(std::size_t contributions) {
  while (board_.seq < 2)
    (void)next();
  while (board_.contributions.size() < contributions)
    act(contribute());
  act(attempt(facilitator_, action::PhaseEnter{Phase::solutions}));
}

store::Append append_of(const Meeting& meeting, const std::vector<live::Event>& events) {
  store::Append append{meeting.id(), {}, {}};
  std::unordered_set<ContributionId> changed;
  for (const auto& event : events) {
    append.events.push_back({event.seq, live::encode_body(meeting.id(), event)});
    if (const auto about = live::subject(event.change))
      if (changed.insert(*about).second)
        append.contributions.push_back(live::row_of(*meeting.board().find(*about)));
  }
  return append;
}

} // namespace warsha::bench
