#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

namespace warsha::test {

/// A fresh key and a certificate for localhost that it signed itself, as FOLDER/certificate.pem and
/// FOLDER/key.pem.
void make_certificate(const std::filesystem::path& folder);

/// Listens in plain and goes on under TLS, whatever the certificate: what speaks plain to it speaks TLS to
/// the server.
class TlsTunnel {
public:
  explicit TlsTunnel(std::uint16_t server_port);
  ~TlsTunnel();
  [[nodiscard]] std::uint16_t port() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::test
