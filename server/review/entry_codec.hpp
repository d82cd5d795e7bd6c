#pragma once

#include "server/review/docket.hpp"

#include <string>
#include <string_view>
#include <variant>

/// Entries as the ledger keeps them.
namespace warsha::review {

/// Canonical bytes: compact JSON, sorted keys, the consultation's id and the seq inside. Hashed as they are.
[[nodiscard]] std::string encode_entry(const ConsultationId& consultation, const Entry& entry);
/// The entry, or what is wrong in one line.
[[nodiscard]] std::variant<Entry, std::string> decode_entry(const ConsultationId& consultation, Seq seq,
                                                            std::string_view body);
/// The entry. Throws store::StoreError, which names the place, when that is no entry.
[[nodiscard]] Entry read_entry(const ConsultationId& consultation, Seq seq, std::string_view body);

/// A command as it comes over HTTP, or what is wrong with it.
[[nodiscard]] std::variant<Command, Rejection> decode_command(std::string_view body);

} // namespace warsha::review
