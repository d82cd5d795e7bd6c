#include "server/access/secrets.hpp"

#include "server/access/base64url.hpp"
#include "server/runtime/system.hpp"

#include <array>
#include <charconv>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <span>
#include <stdexcept>
#include <vector>

namespace warsha::access {

namespace {

struct ScryptCost {
  std::uint64_t log2_n = 15;
  std::uint64_t r = 8;
  std::uint64_t p = 1;
};
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kKeyBytes = 32;

/// A stored hash may ask for more than today's cost, but never for enough to exhaust the server.
constexpr ScryptCost kMostCost{18, 16, 4};

/// "scrypt$15$8$1$<salt>$<key>", salt and key in base64url.
struct StoredPassword {
  ScryptCost cost;
  std::string salt;
  std::string key;
};

[[nodiscard]] std::string random_bytes(std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  system::random(bytes);
  return {bytes.begin(), bytes.end()};
}

[[nodiscard]] std::string derive(std::string_view password, std::string_view salt, const ScryptCost& cost) {
  std::array<unsigned char, kKeyBytes> key;
  const std::uint64_t n = std::uint64_t{1} << cost.log2_n;
  // What RFC 7914 needs (128 * r * (N + p) bytes), with room for OpenSSL's own blocks.
  const std::uint64_t most_memory = 128 * cost.r * (n + cost.p) + (1u << 20);
  if (EVP_PBE_scrypt(password.data(), password.size(), reinterpret_cast<const unsigned char*>(salt.data()),
                     salt.size(), n, cost.r, cost.p, most_memory, key.data(), key.size()) != 1)
    throw std::runtime_error("scrypt is not available from OpenSSL");
  return {key.begin(), key.end()};
}

[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos)
      return parts;
    text.remove_prefix(end + 1);
  }
}

[[nodiscard]] bool read_cost(std::string_view text, std::uint64_t most, std::uint64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 1 && value <= most;
}

[[nodiscard]] std::optional<StoredPassword> parse(std::string_view hash) {
  const auto parts = split(hash, '$');
  StoredPassword stored;
  if (parts.size() != 6 || parts[0] != "scrypt" ||
      !read_cost(parts[1], kMostCost.log2_n, stored.cost.log2_n) ||
      !read_cost(parts[2], kMostCost.r, stored.cost.r) || !read_cost(parts[3], kMostCost.p, stored.cost.p))
    return std::nullopt;
  const auto salt = from_base64url(parts[4]);
  const auto key = from_base64url(parts[5]);
  if (!salt || !key || key->size() != kKeyBytes)
    return std::nullopt;
  stored.salt = *salt;
  stored.key = *key;
  return stored;
}

/// The largest multiple of the alphabet's size that a byte can hold: beyond it letters would not be equally
/// likely.
constexpr std::size_t kFair = 256 / kCodeAlphabet.size() * kCodeAlphabet.size();

[[nodiscard]] std::string random_code(std::size_t letters) {
  std::string code;
  while (code.size() < letters) {
    std::array<std::uint8_t, 16> bytes;
    system::random(bytes);
    for (const std::uint8_t byte : bytes)
      if (byte < kFair && code.size() < letters)
        code += kCodeAlphabet[byte % kCodeAlphabet.size()];
  }
  return code;
}

/// Upper case, spaces and hyphens dropped; empty unless it is so many letters of the alphabet.
[[nodiscard]] std::string normalise(std::string_view typed, std::size_t letters) {
  std::string code;
  for (const char letter : typed) {
    if (letter == ' ' || letter == '-')
      continue;
    const char upper = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    if (kCodeAlphabet.find(upper) == std::string_view::npos || code.size() == letters)
      return {};
    code += upper;
  }
  return code.size() == letters ? code : std::string();
}

constexpr std::size_t kJoinCodeLetters = 6;
constexpr std::size_t kReceiptLetters = 12;

[[nodiscard]] std::string in_groups_of_four(const std::string& receipt) {
  return receipt.substr(0, 4) + "-" + receipt.substr(4, 4) + "-" + receipt.substr(8, 4);
}

} // namespace

std::string hash_password(std::string_view password) {
  const ScryptCost cost;
  const std::string salt = random_bytes(kSaltBytes);
  return "scrypt$" + std::to_string(cost.log2_n) + "$" + std::to_string(cost.r) + "$" +
         std::to_string(cost.p) + "$" + base64url(salt) + "$" + base64url(derive(password, salt, cost));
}

bool password_matches(std::string_view password, std::string_view hash) {
  const auto stored = parse(hash);
  if (!stored)
    return false;
  const std::string key = derive(password, stored->salt, stored->cost);
  return CRYPTO_memcmp(key.data(), stored->key.data(), kKeyBytes) == 0;
}

void waste_password_time(std::string_view password) {
  const std::string key = derive(password, std::string(kSaltBytes, '\0'), ScryptCost{});
  static_cast<void>(key);
}

std::string new_token() {
  return base64url(random_bytes(32));
}

store::Hash token_hash(std::string_view token) {
  return store::sha256(token);
}

std::string new_join_code() {
  return random_code(kJoinCodeLetters);
}

std::string normalise_join_code(std::string_view typed) {
  return normalise(typed, kJoinCodeLetters);
}

std::string new_receipt() {
  return in_groups_of_four(random_code(kReceiptLetters));
}

std::string normalise_receipt(std::string_view typed) {
  const std::string letters = normalise(typed, kReceiptLetters);
  return letters.empty() ? letters : in_groups_of_four(letters);
}

} // namespace warsha::access
