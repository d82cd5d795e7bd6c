#pragma once

#include "protocol/ids.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace warsha::live {

/// A set of ids in one piece of memory, probed from where the id's hash points: a workshop holds
/// hundreds of thousands of them, and what a set with nodes costs is going from node to node. The id of zero
/// is nobody's, and in no set. Iteration has no particular order; changing the set ends it.
template <class AnyId> class IdSet {
public:
  class Iterator {
  public:
    Iterator(const AnyId* at, const AnyId* end) : at_(at), end_(end) { skip(); }
    const AnyId& operator*() const { return *at_; }
    Iterator& operator++() {
      ++at_;
      skip();
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

  private:
    void skip() {
      while (at_ != end_ && *at_ == AnyId{})
        ++at_;
    }
    const AnyId* at_;
    const AnyId* end_;
  };

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] Iterator begin() const { return {slots_.data(), slots_.data() + slots_.size()}; }
  [[nodiscard]] Iterator end() const {
    const auto* end = slots_.data() + slots_.size();
    return {end, end};
  }

  [[nodiscard]] bool contains(const AnyId& id) const {
    return size_ > 0 && id != AnyId{} && slots_[find(id)] == id;
  }

  void insert(const AnyId& id) {
    if (id == AnyId{})
      return;
    if (3 * (size_ + 1) > 2 * slots_.size())
      grow();
    auto& slot = slots_[find(id)];
    if (slot == id)
      return;
    slot = id;
    ++size_;
  }

  void erase(const AnyId& id) {
    if (!contains(id))
      return;
    auto hole = find(id);
    // Those behind it that were pushed on past the hole move back, so that a probe still ends at the first
    // empty slot.
    for (auto next = after(hole); slots_[next] != AnyId{}; next = after(next))
      if (distance(home(slots_[next]), next) >= distance(hole, next)) {
        slots_[hole] = slots_[next];
        hole = next;
      }
    slots_[hole] = AnyId{};
    --size_;
  }

private:
  [[nodiscard]] std::size_t home(const AnyId& id) const {
    return std::hash<AnyId>{}(id) & (slots_.size() - 1);
  }
  [[nodiscard]] std::size_t after(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  [[nodiscard]] std::size_t distance(std::size_t from, std::size_t to) const {
    return (to - from) & (slots_.size() - 1);
  }
  /// The slot of the id, or the empty one where it would be.
  [[nodiscard]] std::size_t find(const AnyId& id) const {
    auto slot = home(id);
    while (slots_[slot] != id && slots_[slot] != AnyId{})
      slot = after(slot);
    return slot;
  }
  void grow() {
    auto before = std::move(slots_);
    slots_ = std::vector<AnyId>(before.empty() ? 4 : 2 * before.size());
    for (const auto& id : before)
      if (id != AnyId{})
        slots_[find(id)] = id;
  }

  std::vector<AnyId> slots_; // a power of two, at most two thirds taken; zero: empty
  std::size_t size_ = 0;
};

} // namespace warsha::live
