#include "server/store/digest.hpp"

#include <memory>
#include <new>
#include <openssl/evp.h>
#include <stdexcept>

namespace warsha::store {

namespace {
constexpr std::string_view kDigits = "0123456789abcdef";
}

Hash sha256(std::string_view first, std::string_view second) {
  // Fetched once: OpenSSL 3 otherwise looks the algorithm up for every digest, which costs more than the
  // digest.
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                                     &EVP_MD_CTX_free};
  if (!context)
    throw std::bad_alloc();
  Hash hash;
  if (EVP_DigestInit_ex2(context.get(), algorithm, nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), first.data(), first.size()) != 1 ||
      EVP_DigestUpdate(context.get(), second.data(), second.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), hash.data(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available from OpenSSL");
  return hash;
}

std::string hex(const Hash& hash) {
  std::string text;
  text.reserve(hash.size() * 2);
  for (const std::uint8_t byte : hash) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

} // namespace warsha::store
