// libFuzzer's way into one target: WARSHA_FUZZ_TARGET is its name.
#include "tests/fuzz/targets.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  warsha::fuzz::WARSHA_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
