#pragma once

#include "protocol/codec.hpp"
#include "protocol/member_reader.hpp"
#include "server/net/http.hpp"

#include <nlohmann/json.hpp>
#include <variant>

namespace warsha::consultation {

/// The struct that a JSON body describes (protocol/members.hpp), or what is wrong with it.
template <Described Struct>
[[nodiscard]] std::variant<Struct, Rejection> read_body(const net::HttpRequest& request) {
  const auto document = parse_json(request.body);
  if (!document || !document->is_object())
    return Rejection{Code::malformed, {}, {}};
  try {
    Struct value;
    MemberReader::read_object(*document, value);
    return value;
  } catch (const Refusal& refusal) {
    return refusal.rejection;
  }
}

} // namespace warsha::consultation
