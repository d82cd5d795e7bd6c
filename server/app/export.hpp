#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

namespace warsha::app {

struct ExportOptions {
  std::filesystem::path database = "warsha.db";
  std::string consultation;
  std::filesystem::path key;
  std::filesystem::path out;
  /// Milliseconds UTC; now, when it is left out.
  std::optional<std::int64_t> instant;
};

/// Writes a consultation into one signed file, which its owner alone can read, and reads it again as an
/// import would. Works beside a running server. Throws UsageError for what the person can mend; then, and
/// when anything else fails, there is no file.
void export_bundle(const ExportOptions& options, std::ostream& out);

/// Makes a key to sign with. The public key goes to `out`, as it is to be saved on the central server; what
/// to do with both, to `advice`.
void make_key(const std::filesystem::path& file, std::ostream& out, std::ostream& advice);

} // namespace warsha::app
