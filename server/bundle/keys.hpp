#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

/// Ed25519 (RFC 8032), with keys in PEM files (RFC 8410), as `openssl pkey` reads and writes them.
namespace warsha::bundle {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// A key file that cannot be made or read: its name and why, in one line.
class KeyError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class SigningKey {
public:
  /// Makes a key and its file, which only its owner can read. Throws KeyError, also when there is a file of
  /// that name: a key that was lost cannot be made again.
  [[nodiscard]] static SigningKey make(const std::filesystem::path& file);
  /// The key that RFC 8032 makes of 32 random bytes.
  [[nodiscard]] static SigningKey of(const std::array<std::uint8_t, 32>& secret);
  [[nodiscard]] static SigningKey read(const std::filesystem::path& file);
  ~SigningKey();
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;

  [[nodiscard]] PublicKey public_key() const;
  /// The public key as the PEM that read_public_keys reads.
  [[nodiscard]] std::string public_pem() const;
  /// The same message always gets the same signature.
  [[nodiscard]] Signature sign(std::span<const std::uint8_t> message) const;

private:
  struct State;
  explicit SigningKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The public keys of a PEM file, one or several, one after another. Throws KeyError when there is none or
/// one is of another kind, such as a private key, which has no place on another machine.
[[nodiscard]] std::vector<PublicKey> read_public_keys(const std::filesystem::path& file);

[[nodiscard]] bool is_signed_by(const PublicKey& key, std::span<const std::uint8_t> message,
                                const Signature& signature);

} // namespace warsha::bundle
