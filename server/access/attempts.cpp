#include "server/access/attempts.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cmath>
#include <mutex>
#include <unordered_map>

namespace warsha::access {

namespace {

/// Buckets of addresses kept at most: far more than the bucket over all lets fail before the first are full
/// again.
constexpr std::size_t kAddressesMost = 16384;

/// Before the four bytes of an IPv4 address in its IPv6 form (RFC 4291, 2.5.5.2).
constexpr std::array<unsigned char, 12> kMappedIpv4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/// Guesses left, as of `at`.
struct Bucket {
  double left;
  TimeMs at;

  void refill(TimeMs now, double most, double per_second) {
    // A clock set back gives nothing and takes nothing.
    left = std::min(most, left + static_cast<double>(std::max<TimeMs>(0, now - at)) / 1000 * per_second);
    at = now;
  }
};

[[nodiscard]] std::int64_t ms_until_one(const Bucket& bucket, double per_second) {
  return bucket.left >= 1 ? 0 : static_cast<std::int64_t>(std::ceil((1 - bucket.left) / per_second * 1000));
}

/// What one household or attacker holds: an IPv4 address, or the 64 bits that an IPv6 provider hands out.
[[nodiscard]] std::string network_of(std::string_view address) {
  std::array<unsigned char, 16> bytes;
  if (inet_pton(AF_INET6, std::string(address).c_str(), bytes.data()) != 1)
    return std::string(address);
  if (std::equal(kMappedIpv4.begin(), kMappedIpv4.end(), bytes.begin())) {
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, bytes.data() + kMappedIpv4.size(), text.data(), text.size());
    return text.data();
  }
  return {bytes.begin(), bytes.begin() + 8};
}

} // namespace

struct Attempts::State {
  Limits limits;
  std::mutex mutex;
  Bucket all;
  std::unordered_map<std::string, Bucket> addresses;

  explicit State(Limits given) : limits(given), all{given.all, 0} {}

  /// Forgets whoever is back to a full bucket; when that frees nothing, everybody: the bucket over all still
  /// holds.
  void make_room(TimeMs now) {
    std::erase_if(addresses, [&](const auto& entry) {
      Bucket as_of_now = entry.second; // erase_if gives it for reading only
      as_of_now.refill(now, limits.per_address, limits.per_address_per_second);
      return as_of_now.left >= limits.per_address;
    });
    if (addresses.size() >= kAddressesMost)
      addresses.clear();
  }
};

Attempts::Attempts(Limits limits) : state_(std::make_unique<State>(limits)) {}

Attempts::~Attempts() = default;

std::optional<std::int64_t> Attempts::take(std::string_view address, TimeMs now) {
  const std::lock_guard lock(state_->mutex);
  const Limits& limits = state_->limits;
  state_->all.refill(now, limits.all, limits.all_per_second);
  std::string network = network_of(address);
  if (state_->addresses.size() >= kAddressesMost && !state_->addresses.contains(network))
    state_->make_room(now);
  Bucket& own =
      state_->addresses.try_emplace(std::move(network), Bucket{limits.per_address, now}).first->second;
  own.refill(now, limits.per_address, limits.per_address_per_second);
  const auto ms = std::max(ms_until_one(state_->all, limits.all_per_second),
                           ms_until_one(own, limits.per_address_per_second));
  if (ms > 0)
    return ms;
  own.left -= 1;
  state_->all.left -= 1;
  return std::nullopt;
}

void Attempts::give_back(std::string_view address) {
  const std::lock_guard lock(state_->mutex);
  const Limits& limits = state_->limits;
  state_->all.left = std::min(limits.all, state_->all.left + 1);
  // One that was forgotten meanwhile begins with a full bucket again.
  if (const auto own = state_->addresses.find(network_of(address)); own != state_->addresses.end())
    own->second.left = std::min(limits.per_address, own->second.left + 1);
}

} // namespace warsha::access
