#pragma once

#include <filesystem>
#include <iosfwd>

namespace warsha::app {

struct ImportOptions {
  std::filesystem::path file;
  std::filesystem::path database = "warsha.db";
  bool json = false;
};

/// Creates the consultation that a file describes, and prints its id and each workshop's key, id and join
/// code. Throws UsageError when the file is wrong, having created nothing.
void import_file(const ImportOptions& options, std::ostream& out);

} // namespace warsha::app
