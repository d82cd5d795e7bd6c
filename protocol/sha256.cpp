#include "protocol/sha256.hpp"

#include <memory>
#include <new>
#include <openssl/evp.h>
#include <stdexcept>

namespace warsha {

std::array<std::uint8_t, 32> sha256(std::string_view first, std::string_view second) {
  // Fetched once: OpenSSL 3 otherwise looks the algorithm up for every digest, which costs more than the
  // digest.
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                                     &EVP_MD_CTX_free};
  if (!context)
    throw std::bad_alloc();
  std::array<std::uint8_t, 32> hash;
  if (EVP_DigestInit_ex2(context.get(), algorithm, nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), first.data(), first.size()) != 1 ||
      EVP_DigestUpdate(context.get(), second.data(), second.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), hash.data(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available from OpenSSL");
  return hash;
}

} // namespace warsha
