// Private to the .cpp files of this folder that use Beast.
#pragma once

#include "server/net/connections.hpp"
#include "server/net/socket.hpp"
#include "server/net/transport.ipp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

namespace warsha::net {

using RawRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// Takes over an accepted upgrade. `connections` outlives the socket.
void run_live_socket(Transport&& transport, RawRequest&& request, std::unique_ptr<SocketHandler> handler,
                     Connections& connections);

} // namespace warsha::net
