#include "tests/load/measure/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace warsha::load {

namespace {

constexpr unsigned kPartBits = 7; // 128 parts of each power of two
constexpr std::uint64_t kParts = std::uint64_t{1} << kPartBits;
constexpr std::uint64_t kMost = std::uint64_t{1} << 37; // microseconds

/// Values below 256 have a bucket each; from there on a bucket is 2^shift wide.
std::size_t bucket_of(std::uint64_t value) {
  if (value < 2 * kParts)
    return value;
  const auto shift = static_cast<unsigned>(std::bit_width(value)) - kPartBits - 1;
  return (shift << kPartBits) + static_cast<std::size_t>(value >> shift);
}

std::uint64_t highest_of(std::size_t bucket) {
  if (bucket < 2 * kParts)
    return bucket;
  const auto shift = (bucket >> kPartBits) - 1;
  const auto part = bucket - (shift << kPartBits);
  return ((static_cast<std::uint64_t>(part) + 1) << shift) - 1;
}

} // namespace

Histogram::Histogram() : buckets_(bucket_of(kMost) + 1) {}

void Histogram::add(Duration time) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
  const auto value = std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(micros, 0)), kMost);
  ++buckets_[bucket_of(value)];
  ++count_;
  longest_ = std::max(longest_, value);
}

void Histogram::add(const Histogram& other) {
  for (std::size_t i = 0; i < buckets_.size(); ++i)
    buckets_[i] += other.buckets_[i];
  count_ += other.count_;
  longest_ = std::max(longest_, other.longest_);
}

void Histogram::clear() {
  *this = Histogram();
}

Duration Histogram::at(double part) const {
  if (count_ == 0)
    return Duration::zero();
  const auto wanted = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::ceil(std::clamp(part, 0.0, 1.0) * static_cast<double>(count_))));
  std::uint64_t passed = 0;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    passed += buckets_[i];
    if (passed >= wanted)
      return std::chrono::microseconds(std::min(highest_of(i), longest_));
  }
  return longest();
}

} // namespace warsha::load
