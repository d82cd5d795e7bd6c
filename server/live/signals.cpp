#include "server/live/signals.hpp"

#include "protocol/json_writer.hpp"
#include "protocol/limits.hpp"

namespace warsha::live {

namespace {

bool is_seen_from(const Signals::Place& place, const Board& board, const TargetId& draft) {
  if (place.draft == draft)
    return true;
  const auto* found = board.find(id_cast<DraftId>(draft));
  return found && found->table && found->table == place.table;
}

} // namespace

void Signals::set(const access::Actor& actor, const std::optional<std::string>& name, const Signal& signal,
                  Clock::time_point now) {
  const auto key = std::pair(signal.kind, actor.id);
  const auto by = access::sees_staff_view(actor.role) ? Audience::staff : Audience::room;
  if (signal.target)
    items_[key] = {name, *signal.target, signal.at, by, now + limits::kSignalTime};
  else
    items_.erase(key);
}

void Signals::forget_old(Clock::time_point now) {
  std::erase_if(items_, [&](const auto& item) { return item.second.until <= now; });
}

Signals::Place Signals::place_of(const Board& board, const ActorId& actor, Audience audience) const {
  Place place{audience, board.seat_of(actor), {}};
  if (const auto cursor = items_.find({SignalKind::cursor, actor}); cursor != items_.end())
    place.draft = cursor->second.target;
  return place;
}

std::vector<std::pair<ActorId, Audience>> Signals::readers(const Board& board) const {
  std::vector<std::pair<ActorId, Audience>> readers;
  for (const auto& [actor, table] : board.seats)
    readers.emplace_back(actor, Audience::room);
  for (const auto& [key, item] : items_)
    if (key.first == SignalKind::cursor && !board.seats.contains(key.second))
      readers.emplace_back(key.second, item.by);
  return readers;
}

std::string Signals::message(const Board& board, const Place& place) const {
  std::string text;
  json_writer::Object out(text);
  auto& list = out.begin("items");
  list += '[';
  for (const auto& [key, item] : items_) {
    const auto& [kind, actor] = key;
    if (kind == SignalKind::hold ? place.audience != Audience::staff
                                 : !is_seen_from(place, board, item.target))
      continue;
    if (list.back() != '[')
      list += ',';
    json_writer::Object entry(text);
    if (item.at)
      entry.add("at", *item.at);
    entry.add("kind", name(kind));
    // A facilitator who holds a card is known to the others; who writes in an anonymous workshop is known to
    // nobody.
    if (item.name && (kind == SignalKind::hold || !board.is_anonymous()))
      entry.add("name", *item.name);
    entry.add("target", item.target);
    entry.add("who", alias_of(board, actor));
    entry.end();
  }
  list += ']';
  out.add("type", "signals");
  out.end();
  return text;
}

} // namespace warsha::live
