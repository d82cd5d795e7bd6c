#include "server/bundle/keys.hpp"

#include "server/runtime/system.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace warsha::bundle {

namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* memory) const { BIO_free(memory); }
  void operator()(std::FILE* file) const { std::fclose(file); }
};
template <class Thing> using Owned = std::unique_ptr<Thing, Free>;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw KeyError(file.string() + ": " + why);
}

template <class Thing> Owned<Thing> made(Thing* thing) {
  if (!thing)
    throw std::runtime_error("OpenSSL has no memory or no Ed25519");
  return Owned<Thing>(thing);
}

[[nodiscard]] Owned<std::FILE> open_to_read(const std::filesystem::path& file) {
  Owned<std::FILE> stream(std::fopen(file.c_str(), "re"));
  if (!stream)
    refuse(file, std::strerror(errno));
  return stream;
}

[[nodiscard]] Owned<std::FILE> create_private(const std::filesystem::path& file) {
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (handle < 0)
    refuse(file, errno == EEXIST ? "there is a file of that name; a key is never overwritten"
                                 : std::strerror(errno));
  return Owned<std::FILE>(::fdopen(handle, "w"));
}

[[nodiscard]] PublicKey raw_public(EVP_PKEY* key) {
  PublicKey raw{};
  std::size_t size = raw.size();
  if (EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1 || size != raw.size())
    throw std::runtime_error("OpenSSL does not give the public key");
  return raw;
}

/// No question on the terminal: a file under a password is refused.
int no_password(char*, int, int, void*) {
  return -1;
}

} // namespace

struct SigningKey::State {
  Owned<EVP_PKEY> key;
};

SigningKey::SigningKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

SigningKey SigningKey::make(const std::filesystem::path& file) {
  const auto stream = create_private(file);
  std::array<std::uint8_t, 32> secret{};
  system::random(secret);
  auto key = of(secret);
  OPENSSL_cleanse(secret.data(), secret.size());
  if (PEM_write_PrivateKey(stream.get(), key.state_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      std::fflush(stream.get()) != 0 || ::fsync(::fileno(stream.get())) != 0) {
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    refuse(file, "it could not be written");
  }
  return key;
}

SigningKey SigningKey::of(const std::array<std::uint8_t, 32>& secret) {
  auto key = made(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()));
  return SigningKey(std::make_unique<State>(State{std::move(key)}));
}

SigningKey SigningKey::read(const std::filesystem::path& file) {
  const auto stream = open_to_read(file);
  Owned<EVP_PKEY> key(PEM_read_PrivateKey(stream.get(), nullptr, &no_password, nullptr));
  ERR_clear_error();
  if (!key || EVP_PKEY_is_a(key.get(), "ED25519") != 1)
    refuse(file,
           "it holds no private Ed25519 key in PEM without a password (see `warsha export --make-key`)");
  return SigningKey(std::make_unique<State>(State{std::move(key)}));
}

PublicKey SigningKey::public_key() const {
  return raw_public(state_->key.get());
}

std::string SigningKey::public_pem() const {
  const auto memory = made(BIO_new(BIO_s_mem()));
  char* text = nullptr;
  if (PEM_write_bio_PUBKEY(memory.get(), state_->key.get()) != 1)
    throw std::runtime_error("OpenSSL does not write the public key");
  const auto size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Signature SigningKey::sign(std::span<const std::uint8_t> message) const {
  const auto context = made(EVP_MD_CTX_new());
  Signature signature{};
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, state_->key.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1 ||
      size != signature.size())
    throw std::runtime_error("OpenSSL does not sign");
  return signature;
}

std::vector<PublicKey> read_public_keys(const std::filesystem::path& file) {
  const auto stream = open_to_read(file);
  std::vector<PublicKey> keys;
  while (const auto key = Owned<EVP_PKEY>(PEM_read_PUBKEY(stream.get(), nullptr, &no_password, nullptr))) {
    if (EVP_PKEY_is_a(key.get(), "ED25519") != 1)
      refuse(file, "it holds a public key that is not Ed25519");
    keys.push_back(raw_public(key.get()));
  }
  ERR_clear_error();
  if (keys.empty())
    refuse(file, "it holds no public key in PEM (what `warsha export --make-key` printed)");
  return keys;
}

bool is_signed_by(const PublicKey& key, std::span<const std::uint8_t> message, const Signature& signature) {
  const Owned<EVP_PKEY> known(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  const auto context = made(EVP_MD_CTX_new());
  const bool good =
      known && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, known.get()) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) ==
          1;
  ERR_clear_error();
  return good;
}

} // namespace warsha::bundle
