#include "protocol/codec.hpp"
#include "server/live/board.hpp"
#include "server/live/event_codec.hpp"
#include "server/live/rebuild.hpp"
#include "tests/fuzz/seed_ids.hpp"
#include "tests/fuzz/targets.hpp"

#include <nlohmann/json.hpp>

// Lines: an event as the journal keeps it, or a command behind an 'a' (a participant), 'b' (another) or 's'
// (staff). An event that is read is written the same ever after; what commands lead to on a board, its
// journal leads to.
namespace warsha::fuzz {
namespace {

constexpr TimeMs kNow = 1764000000000;

bool same(const live::IdSet<ActorId>& one, const live::IdSet<ActorId>& other) {
  if (one.size() != other.size())
    return false;
  for (const auto& id : one)
    if (!other.contains(id))
      return false;
  return true;
}

/// A board that is decided on, beside one that is made from the bodies alone, as after a restart.
class Workshop {
public:
  void take_body(std::string_view body) {
    const auto seq = board_.seq + 1;
    const auto read = live::decode_body(kSeedWorkshop, seq, body);
    const auto refused = rebuilt_.apply(seq, body);
    const auto* event = std::get_if<live::Event>(&read);
    promise(event || refused, "an event that can't be read does not change a board");
    if (refused)
      return;
    const auto written = live::encode_body(kSeedWorkshop, *event);
    const auto again = live::decode_body(kSeedWorkshop, seq, written);
    promise(std::holds_alternative<live::Event>(again), "an event that is written again is read");
    promise(live::encode_body(kSeedWorkshop, std::get<live::Event>(again)) == written, "to the same bytes");
    live::apply(board_, *event);
  }

  void take_command(const access::Actor& actor, std::string_view frame) {
    const auto decoded = decode(frame);
    const auto* message = std::get_if<ClientMessage>(&decoded);
    const auto* command = message ? std::get_if<Command>(message) : nullptr;
    if (!command)
      return;
    // A result's id comes of the server's own making; here of the place where its event will stand.
    const ContributionId result{
        uuid::make(kNow, {0, 0, 0, 0, 0, 0, 0, 0, static_cast<std::uint8_t>(board_.seq >> 8),
                          static_cast<std::uint8_t>(board_.seq)})};
    for (auto& change : live::changes_of(
             live::decide(board_, *command, actor, kNow, {"K7QM-3F9P-XTWB", result, "K7QM-3F9P-XTWC"}))) {
      const live::Event event{board_.seq + 1, kNow, actor.id, live::Cause{command->id, command->fingerprint},
                              std::move(change)};
      live::apply(board_, event);
      promise(!rebuilt_.apply(event.seq, live::encode_body(kSeedWorkshop, event)),
              "what was decided can be read back");
    }
  }

  /// The board is its journal's.
  void compare() const {
    const auto& other = rebuilt_.board();
    promise(board_.seq == other.seq && board_.phase == other.phase && board_.title == other.title,
            "a board is its journal's");
    promise(board_.themes.size() == other.themes.size() &&
                board_.timer.has_value() == other.timer.has_value(),
            "with its themes and its timer");
    promise(board_.contributions.size() == other.contributions.size(), "and its contributions");
    for (std::size_t i = 0; i < other.contributions.size(); ++i) {
      const auto& one = board_.contributions[i];
      const auto& kept = other.contributions[i];
      promise(one.id == kept.id && one.text == kept.text && one.state == kept.state &&
                  one.theme == kept.theme && same(one.supporters, kept.supporters) &&
                  one.author == kept.author,
              "each as it was");
    }
    promise(rebuilt_.contributions().size() == other.contributions.size(),
            "and the store holds a row of each");
  }

private:
  live::Board board_;
  live::Rebuild rebuilt_{kSeedWorkshop};
};

} // namespace

void journal(std::string_view input) {
  Workshop workshop;
  while (!input.empty()) {
    const auto end = input.find('\n');
    const auto line = input.substr(0, end);
    input = end == std::string_view::npos ? std::string_view{} : input.substr(end + 1);
    if (line.starts_with('a'))
      workshop.take_command({Role::participant, kSeedActors[0]}, line.substr(1));
    else if (line.starts_with('b'))
      workshop.take_command({Role::participant, kSeedActors[1]}, line.substr(1));
    else if (line.starts_with('s'))
      workshop.take_command({Role::facilitator, kSeedActors[2]}, line.substr(1));
    else
      workshop.take_body(line);
  }
  workshop.compare();
}

} // namespace warsha::fuzz
