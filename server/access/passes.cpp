#include "server/access/passes.hpp"

#include "protocol/limits.hpp"
#include "server/access/base64url.hpp"

#include <algorithm>
#include <array>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdexcept>

namespace warsha::access {

namespace {

/// The payload: version, participant, consultation, issued_at (big-endian).
constexpr char kVersion = 1;
constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kPayloadBytes = 1 + 2 * kIdBytes + 8;
constexpr std::size_t kMacBytes = 32;

/// Keeps this use of the secret apart from any other that may come.
constexpr std::string_view kPurpose = "warsha.pass";

[[nodiscard]] std::string mac_of(std::string_view secret, std::string_view payload) {
  const std::string message = std::string(kPurpose) + std::string(payload);
  std::array<unsigned char, kMacBytes> mac;
  unsigned size = 0;
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac.data(),
           &size) == nullptr ||
      size != mac.size())
    throw std::runtime_error("HMAC is not available from OpenSSL");
  return {mac.begin(), mac.end()};
}

[[nodiscard]] std::string encode(const Pass& pass) {
  std::string payload(1, kVersion);
  payload.append(pass.participant.bytes.begin(), pass.participant.bytes.end());
  payload.append(pass.consultation.bytes.begin(), pass.consultation.bytes.end());
  for (int shift = 56; shift >= 0; shift -= 8)
    payload += static_cast<char>((static_cast<std::uint64_t>(pass.issued_at) >> shift) & 255);
  return payload;
}

[[nodiscard]] Pass decode(std::string_view payload) {
  Pass pass;
  std::copy_n(payload.begin() + 1, kIdBytes, pass.participant.bytes.begin());
  std::copy_n(payload.begin() + 1 + kIdBytes, kIdBytes, pass.consultation.bytes.begin());
  std::uint64_t issued_at = 0;
  for (const char byte : payload.substr(1 + 2 * kIdBytes))
    issued_at = (issued_at << 8) | static_cast<std::uint8_t>(byte);
  pass.issued_at = static_cast<TimeMs>(issued_at);
  return pass;
}

} // namespace

Passes::Passes(std::string secret) : secret_(std::move(secret)) {
  if (secret_.size() != 32)
    throw std::invalid_argument("the secret of passes must have 32 bytes");
}

std::string Passes::issue(const Pass& pass) const {
  const std::string payload = encode(pass);
  return base64url(payload) + "." + base64url(mac_of(secret_, payload));
}

std::optional<Pass> Passes::verify(std::string_view token, TimeMs now) const {
  const std::size_t dot = token.find('.');
  if (dot == std::string_view::npos)
    return std::nullopt;
  const auto payload = from_base64url(token.substr(0, dot));
  const auto mac = from_base64url(token.substr(dot + 1));
  if (!payload || !mac || payload->size() != kPayloadBytes || mac->size() != kMacBytes)
    return std::nullopt;
  if (CRYPTO_memcmp(mac->data(), mac_of(secret_, *payload).data(), kMacBytes) != 0)
    return std::nullopt;
  const Pass pass = decode(*payload);
  const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(limits::kPassTime).count();
  if (payload->front() != kVersion || now - pass.issued_at > most)
    return std::nullopt;
  return pass;
}

} // namespace warsha::access
