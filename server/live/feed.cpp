#include "server/live/feed.hpp"

#include "protocol/limits.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace warsha::live {

namespace {

/// The contribution whose number of supporters this changes, if it does only that.
std::optional<ContributionId> tallied(const Change& change) {
  if (std::holds_alternative<change::Supported>(change) ||
      std::holds_alternative<change::Unsupported>(change))
    return subject(change);
  return std::nullopt;
}

} // namespace

void Feed::add(Entry entry) {
  committed_ = entry.event.seq;
  entries_.push_back(std::move(entry));
}

void Feed::redact(const ContributionId& contribution, const Board& board, const Names& names) {
  for (auto& entry : entries_) {
    if (subject(entry.event.change) != contribution &&
        !std::holds_alternative<change::Revealed>(entry.event.change))
      continue;
    entry.room = view_event(board, entry.event, Audience::room, names);
    entry.staff = view_event(board, entry.event, Audience::staff, names);
  }
}

std::size_t Feed::bytes(Seq after, const Reader& reader) const {
  std::size_t bytes = 0;
  for (auto seq = published_; seq > after; --seq)
    bytes += at(seq).of(reader).size();
  return bytes;
}

std::string Feed::message(Seq after, Seq last, const Reader& reader) const {
  std::vector<const Entry*> told;
  std::unordered_set<ContributionId> later;
  for (auto seq = last; seq > after; --seq) {
    const auto& entry = at(seq);
    const auto tally = tallied(entry.event.change);
    if (!tally || later.insert(*tally).second)
      told.push_back(&entry);
  }
  std::string joined;
  for (auto entry = told.rbegin(); entry != told.rend(); ++entry) {
    if (!joined.empty())
      joined += ',';
    joined += (*entry)->of(reader);
  }
  return wrap_events(after + 1, last, joined);
}

std::set<TableId> Feed::tables_told(Seq after) const {
  std::set<TableId> tables;
  for (auto seq = committed_; seq > after; --seq)
    if (const auto& table = at(seq).table)
      tables.insert(*table);
  return tables;
}

void Feed::set_published() {
  published_ = committed_;
  while (entries_.size() > limits::kResumeEvents)
    entries_.pop_front();
}

} // namespace warsha::live
