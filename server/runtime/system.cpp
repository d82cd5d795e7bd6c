#include "server/runtime/system.hpp"

#include <chrono>
#include <openssl/rand.h>
#include <stdexcept>

namespace warsha::system {

TimeMs now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

void random(std::span<std::uint8_t> out) {
  if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1)
    throw std::runtime_error("the system gave no random bytes");
}

} // namespace warsha::system
