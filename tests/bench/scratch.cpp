#include "tests/bench/scratch.hpp"

#include "server/runtime/system.hpp"

#include <system_error>

namespace warsha::bench {

namespace {
std::filesystem::path& folder() {
  static std::filesystem::path path = WARSHA_BENCH_FOLDER;
  return path;
}
} // namespace

void set_scratch_folder(const std::filesystem::path& path) {
  folder() = path;
}

Scratch::Scratch() : path_(folder() / ("scratch-" + system::new_id<CommandId>().text())) {
  std::filesystem::create_directories(path_);
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

} // namespace warsha::bench
