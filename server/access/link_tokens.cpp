#include "server/access/link_tokens.hpp"

#include "server/access/base64url.hpp"

#include <algorithm>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdexcept>

namespace warsha::access {

namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kMacBytes = 16; // nobody tries 2^128 links

[[nodiscard]] std::string mac_of(std::string_view secret, std::string_view purpose, std::string_view id) {
  const auto message = "warsha.link." + std::string(purpose) + "." + std::string(id);
  std::array<unsigned char, 32> mac;
  unsigned size = 0;
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac.data(),
           &size) == nullptr ||
      size != mac.size())
    throw std::runtime_error("HMAC is not available from OpenSSL");
  return {mac.begin(), mac.begin() + kMacBytes};
}

} // namespace

LinkTokens::LinkTokens(std::string secret) : secret_(std::move(secret)) {}

std::string LinkTokens::issue(std::string_view purpose, const uuid::Bytes& id) const {
  const std::string bytes(id.begin(), id.end());
  return base64url(bytes + mac_of(secret_, purpose, bytes));
}

std::optional<uuid::Bytes> LinkTokens::verify(std::string_view purpose, std::string_view token) const {
  const auto bytes = from_base64url(token);
  if (!bytes || bytes->size() != kIdBytes + kMacBytes)
    return std::nullopt;
  const auto mac = mac_of(secret_, purpose, bytes->substr(0, kIdBytes));
  if (CRYPTO_memcmp(mac.data(), bytes->data() + kIdBytes, kMacBytes) != 0)
    return std::nullopt;
  uuid::Bytes id;
  std::copy_n(bytes->begin(), kIdBytes, id.begin());
  return id;
}

} // namespace warsha::access
