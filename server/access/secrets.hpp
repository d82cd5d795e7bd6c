#pragma once

#include "server/store/journal.hpp"

#include <string>
#include <string_view>

namespace warsha::access {

/// scrypt (RFC 7914) with N = 2^15, r = 8, p = 1: about 60 ms and 32 MiB. Never on a shard.
[[nodiscard]] std::string hash_password(std::string_view password);
[[nodiscard]] bool password_matches(std::string_view password, std::string_view hash);
/// Takes as long as a real comparison: an unknown e-mail must not answer sooner than a wrong password.
void waste_password_time(std::string_view password);

/// 256 random bits, base64url.
[[nodiscard]] std::string new_token();
[[nodiscard]] store::Hash token_hash(std::string_view token);

/// Six characters of kCodeAlphabet (no look-alikes): 31^6, about 8.9e8.
inline constexpr std::string_view kCodeAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
[[nodiscard]] std::string new_join_code();
/// Upper case, spaces and hyphens dropped; empty when it can't be a code.
[[nodiscard]] std::string normalise_join_code(std::string_view typed);
/// Three groups of four of the same alphabet, about 59 bits: XXXX-XXXX-XXXX.
[[nodiscard]] std::string new_receipt();
/// Same forgiveness; gives the canonical form with hyphens, or empty.
[[nodiscard]] std::string normalise_receipt(std::string_view typed);

} // namespace warsha::access
