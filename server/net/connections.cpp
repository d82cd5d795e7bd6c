#include "server/net/connections.hpp"

#include <algorithm>

namespace warsha::net {

void Connections::add(Member* member) {
  members_.insert(member);
  count_ = members_.size();
}

void Connections::remove(Member* member) {
  members_.erase(member);
  count_ = members_.size();
  std::replace(to_flush_.begin(), to_flush_.end(), member, static_cast<Member*>(nullptr));
  std::replace(flushing_.begin(), flushing_.end(), member, static_cast<Member*>(nullptr));
}

void Connections::flush_soon(Member* member) {
  if (to_flush_.empty()) // first: what throws here must not leave a list that nobody comes for
    shard_.post([this] { flush_all(); });
  to_flush_.push_back(member);
}

void Connections::flush_all() {
  flushing_.swap(to_flush_);
  for (std::size_t i = 0; i < flushing_.size(); ++i)
    if (flushing_[i])
      flushing_[i]->flush();
  flushing_.clear();
}

void Connections::sweep() {
  const auto now = std::chrono::steady_clock::now();
  for (auto* member : members_)
    member->sweep(now);
}

void Connections::abort_all() {
  for (auto* member : members_)
    member->abort();
}

} // namespace warsha::net
