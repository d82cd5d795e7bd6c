#include "server/bundle/digest.hpp"

#include <new>
#include <openssl/evp.h>
#include <stdexcept>

namespace warsha::bundle {

struct Digest::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

namespace {

void require(int done) {
  if (done != 1)
    throw std::runtime_error("SHA-256 is not available from OpenSSL");
}

} // namespace

Digest::Digest() : state_(std::make_unique<State>()) {
  if (!state_->context)
    throw std::bad_alloc();
  require(EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr));
}
Digest::~Digest() = default;

void Digest::take(std::string_view bytes) {
  require(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()));
}

std::array<std::uint8_t, 32> Digest::finish() {
  std::array<std::uint8_t, 32> hash{};
  require(EVP_DigestFinal_ex(state_->context, hash.data(), nullptr));
  return hash;
}

} // namespace warsha::bundle
