#pragma once

#include "server/net/http.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace warsha::net {

/// The client's built files, read into memory at start with their .br and .gz siblings. Immutable after that:
/// thread-safe.
class StaticFiles {
public:
  /// Throws std::runtime_error, in one line, when the folder holds no build.
  explicit StaticFiles(const std::filesystem::path& folder);
  ~StaticFiles();

  /// A file, or the page that belongs to a path such as /room/…; 404 when there is none.
  [[nodiscard]] HttpResponse serve(const HttpRequest& request) const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::net
