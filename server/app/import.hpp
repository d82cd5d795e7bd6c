#pragma once

#include <filesystem>
#include <iosfwd>

namespace warsha::app {

struct ImportOptions {
  std::filesystem::path file;
  std::filesystem::path database = "warsha.db";
  /// Public keys of those whose bundles are taken; of no matter for a consultation file.
  std::filesystem::path trust;
  bool json = false;
};

/// Creates the consultation that a file describes, or takes over the one that was held elsewhere and comes as
/// a bundle, and prints its id and each workshop's id and join code. Throws UsageError when the file or an
/// option is wrong, BundleError when a bundle cannot be believed; then nothing was written.
void import_file(const ImportOptions& options, std::ostream& out);

} // namespace warsha::app
