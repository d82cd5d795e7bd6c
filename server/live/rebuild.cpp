#include "server/live/rebuild.hpp"

#include "server/live/board.hpp"
#include "server/live/event_codec.hpp"
#include "server/live/projection.hpp"

#include <stdexcept>

namespace warsha::live {

struct Rebuild::State {
  WorkshopId workshop;
  std::unique_ptr<Board> board = std::make_unique<Board>();
  std::unordered_map<CommandId, Known> commands;
};

Rebuild::Rebuild(const WorkshopId& workshop) : state_(std::make_unique<State>()) {
  state_->workshop = workshop;
  state_->board->workshop = workshop;
}
Rebuild::~Rebuild() = default;

void Rebuild::expect(Seq events) {
  state_->commands.reserve(static_cast<std::size_t>(events));
}

std::optional<std::string> Rebuild::apply(Seq seq, std::string_view body) {
  auto decoded = decode_body(state_->workshop, seq, body);
  if (auto* wrong = std::get_if<std::string>(&decoded))
    return std::move(*wrong);
  const auto& event = std::get<Event>(decoded);
  if (event.seq != state_->board->seq + 1)
    return "expected seq " + std::to_string(state_->board->seq + 1);
  try {
    live::apply(*state_->board, event);
  } catch (const std::out_of_range&) {
    return "the event names what doesn't exist";
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  if (event.cause)
    state_->commands.insert_or_assign(event.cause->command, Known{event.cause->fingerprint, event.seq});
  return std::nullopt;
}

const Board& Rebuild::board() const {
  return *state_->board;
}
std::unique_ptr<Board> Rebuild::take() {
  return std::move(state_->board);
}
std::unordered_map<CommandId, Known> Rebuild::take_commands() {
  return std::move(state_->commands);
}

std::vector<store::ContributionRow> Rebuild::contributions() const {
  std::vector<store::ContributionRow> rows;
  for (const auto& contribution : state_->board->contributions)
    rows.push_back(row_of(contribution));
  return rows;
}

} // namespace warsha::live
