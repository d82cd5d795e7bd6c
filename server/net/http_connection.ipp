// Private to the .cpp files of this folder that use Beast.
#pragma once

#include "server/net/connections.hpp"
#include "server/net/server.hpp"
#include "server/net/transport.ipp"

namespace warsha::net {

/// Serves HTTP/1.1 on an accepted socket: read, answer, again; or a hand-over to a live socket. `connections`
/// and `service` outlive it.
struct Service {
  Endpoints endpoints;
  const TlsContext* tls = nullptr; // none: plain
  bool behind_proxy = false;
};
void run_http_connection(TcpSocket&& socket, const Service& service, Connections& connections);

} // namespace warsha::net
