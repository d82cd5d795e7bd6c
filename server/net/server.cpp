#include "server/net/server.hpp"

#include "protocol/limits.hpp"
#include "server/net/http_connection.ipp"
#include "server/runtime/shard.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <netinet/tcp.h>
#include <spdlog/spdlog.h>
#include <stdexcept>
#include <sys/socket.h>

namespace warsha::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;

namespace {

struct PerShard {
  Shard* shard;
  asio::basic_socket_acceptor<tcp, IoExecutor> acceptor;
  asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                             IoExecutor>
      sweep_timer;
  Connections open;
};

/// What waits for a slow peer waits here, where it is bounded and can be dropped, and not in the kernel.
void set_options(TcpSocket& socket) {
  beast::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const int unsent = limits::kUnsentBytes;
  ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
}

} // namespace

struct Server::State {
  Service service;
  std::uint16_t port = 0;
  std::vector<std::unique_ptr<PerShard>> shards;

  /// What goes wrong with one connection (no memory, above all) must not end the accepting of others.
  template <class Work> static void or_say(const Work& work) {
    try {
      work();
    } catch (const std::exception& error) {
      spdlog::error("a connection was lost: {}", error.what());
    }
  }

  void accept(PerShard& home) {
    home.acceptor.async_accept(home.shard->context().get_executor(),
                               [this, &home](beast::error_code error, TcpSocket socket) {
                                 on_accept(home, error, std::move(socket));
                               });
  }

  void on_accept(PerShard& home, beast::error_code error, TcpSocket socket) {
    if (error == asio::error::operation_aborted || !home.acceptor.is_open())
      return;
    if (!error && home.open.count() < limits::kConnectionsPerShard)
      or_say([&] {
        set_options(socket);
        run_http_connection(std::move(socket), service, home.open);
      });
    if (!error)
      return accept(home);
    // Out of descriptors, most likely: waiting lets connections end, spinning would not.
    spdlog::warn("a connection could not be accepted: {}", error.message());
    home.shard->after(std::chrono::milliseconds(200), [this, &home] { accept(home); });
  }

  void sweep(PerShard& home) {
    home.sweep_timer.expires_after(std::chrono::seconds(1));
    home.sweep_timer.async_wait([this, &home](beast::error_code error) {
      if (error)
        return;
      or_say([&] { home.open.sweep(); });
      sweep(home);
    });
  }
};

Server::Server(const std::vector<Shard*>& shards, const Options& options, Endpoints endpoints)
    : state_(std::make_unique<State>()) {
  state_->service = {std::move(endpoints), options.tls, options.behind_proxy};
  beast::error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error)
    throw std::runtime_error("listen: \"" + options.address + "\" is not an IP address");
  tcp::endpoint endpoint(address, options.port);
  for (auto* shard : shards) {
    auto& context = shard->context();
    auto home = std::unique_ptr<PerShard>(new PerShard{shard, decltype(PerShard::acceptor)(context),
                                                       decltype(PerShard::sweep_timer)(context),
                                                       Connections(*shard)});
    home->acceptor.open(endpoint.protocol());
    home->acceptor.set_option(asio::socket_base::reuse_address(true));
    const int on = 1;
    ::setsockopt(home->acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    home->acceptor.bind(endpoint, error);
    if (!error)
      home->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
      throw std::runtime_error("listen: " + options.address + ":" + std::to_string(options.port) + ": " +
                               error.message());
    endpoint.port(home->acceptor.local_endpoint().port()); // the other shards share a picked port
    state_->accept(*home);
    state_->sweep(*home);
    state_->shards.push_back(std::move(home));
  }
  state_->port = endpoint.port();
}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return state_->port;
}

void Server::stop_accepting() {
  for (auto& home : state_->shards)
    home->shard->post([&home = *home] {
      beast::error_code ignored;
      home.acceptor.close(ignored);
    });
}

void Server::abort_connections() {
  for (auto& home : state_->shards)
    home->shard->post([&home = *home] {
      home.sweep_timer.cancel();
      home.open.abort_all();
    });
}

std::size_t Server::connections() const {
  std::size_t sum = 0;
  for (const auto& home : state_->shards)
    sum += home->open.count();
  return sum;
}

} // namespace warsha::net
