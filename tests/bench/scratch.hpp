#pragma once

#include <filesystem>

namespace warsha::bench {

/// Where databases are made, from --dir; the build's folder by default. Never a file system in memory, whose
/// commits cost nothing.
void set_scratch_folder(const std::filesystem::path& folder);

/// A folder of its own below it, which goes away with its content.
class Scratch {
public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] std::filesystem::path file(const char* name) const { return path_ / name; }

private:
  std::filesystem::path path_;
};

} // namespace warsha::bench
