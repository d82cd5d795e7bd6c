#pragma once

#include "server/net/http.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace warsha::consultation {

/// The members of a JSON body, strictly: an object, known members only.
class Body {
public:
  /// The rejection when the body is no JSON object or has a member that is not in `known`.
  [[nodiscard]] static std::variant<Body, Rejection> read(const net::HttpRequest& request,
                                                          std::initializer_list<std::string_view> known);
  ~Body();
  Body(Body&&) noexcept;
  Body& operator=(Body&&) noexcept;

  /// A required text of at most `most_bytes`.
  [[nodiscard]] std::variant<std::string, Rejection> text(const char* field, std::size_t most_bytes) const;
  [[nodiscard]] bool has(const char* field) const;
  /// None when absent, not an integer, or one of more than 64 bits with its sign.
  [[nodiscard]] std::optional<std::int64_t> integer(const char* field) const;

private:
  explicit Body(nlohmann::json document);
  std::unique_ptr<nlohmann::json> document_;
};

} // namespace warsha::consultation
