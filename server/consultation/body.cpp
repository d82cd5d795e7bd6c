#include "server/consultation/body.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace warsha::consultation {

using nlohmann::json;

Body::Body(json document) : document_(std::make_unique<json>(std::move(document))) {}
Body::~Body() = default;
Body::Body(Body&&) noexcept = default;
Body& Body::operator=(Body&&) noexcept = default;

std::variant<Body, Rejection> Body::read(const net::HttpRequest& request,
                                         std::initializer_list<std::string_view> known) {
  auto document = parse_json(request.body);
  if (!document || !document->is_object())
    return Rejection{Code::malformed, {}, {}};
  for (const auto& [key, value] : document->items())
    if (std::find(known.begin(), known.end(), key) == known.end())
      return Rejection{Code::unknown_field, key.substr(0, 64), {}};
  return Body(std::move(*document));
}

std::variant<std::string, Rejection> Body::text(const char* field, std::size_t most_bytes) const {
  const auto found = document_->find(field);
  if (found == document_->end())
    return Rejection{Code::missing_field, field, {}};
  if (!found->is_string())
    return Rejection{Code::wrong_type, field, {}};
  const auto& value = found->get_ref<const std::string&>();
  if (value.size() > most_bytes)
    return Rejection{Code::text_too_long, field, static_cast<std::int64_t>(most_bytes)};
  return value;
}

bool Body::has(const char* field) const {
  return document_->contains(field);
}

std::optional<std::int64_t> Body::integer(const char* field) const {
  const auto found = document_->find(field);
  if (found == document_->end() || !found->is_number_integer())
    return std::nullopt;
  if (found->is_number_unsigned() && found->get<std::uint64_t>() > INT64_MAX)
    return std::nullopt;
  return found->get<std::int64_t>();
}

} // namespace warsha::consultation
