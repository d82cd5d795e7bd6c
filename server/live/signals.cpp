#include "server/live/signals.hpp"

#include "protocol/json_writer.hpp"
#include "protocol/limits.hpp"

namespace warsha::live {

void Signals::set(const ActorId& actor, const std::optional<std::string>& name, const Signal& signal,
                  Clock::time_point now) {
  const auto key = std::pair(signal.kind, actor);
  if (signal.target)
    items_[key] = {name, *signal.target, signal.at, now + limits::kSignalTime};
  else
    items_.erase(key);
}

void Signals::forget_old(Clock::time_point now) {
  std::erase_if(items_, [&](const auto& item) { return item.second.until <= now; });
}

std::string Signals::message(const Board& board, Audience audience) const {
  std::string text;
  json_writer::Object out(text);
  auto& list = out.begin("items");
  list += '[';
  for (const auto& [key, item] : items_) {
    const auto& [kind, actor] = key;
    if (kind == SignalKind::hold && audience != Audience::staff)
      continue;
    if (list.back() != '[')
      list += ',';
    json_writer::Object entry(text);
    if (item.at)
      entry.add("at", *item.at);
    entry.add("kind", name(kind));
    // A facilitator who holds a card is known to the others; who writes in an anonymous workshop is known to
    // nobody.
    if (item.name && (kind == SignalKind::hold || !board.settings.anonymous))
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
