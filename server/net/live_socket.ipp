// Private to the two .cpp files of this folder that use Beast.
#pragma once

#include "server/net/socket.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <unordered_set>

namespace warsha::net {

// The concrete executor, not any_io_executor: it saves an indirect call and an allocation per operation.
using TcpSocket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;
using RawRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// The open connections of one shard, swept once a second for those that hang: cheaper than timers in each.
class Connections {
public:
  class Member {
  public:
    virtual ~Member() = default;
    virtual void sweep(std::chrono::steady_clock::time_point now) = 0;
    /// Ends every pending operation; the last handler destroys the connection.
    virtual void abort() = 0;
  };
  void add(Member* member) { members_.insert(member); }
  void remove(Member* member) { members_.erase(member); }
  void sweep() {
    const auto now = std::chrono::steady_clock::now();
    for (auto* member : members_)
      member->sweep(now);
  }
  void abort_all() {
    for (auto* member : members_)
      member->abort();
  }

private:
  std::unordered_set<Member*> members_;
};

/// Takes over an accepted upgrade. `connections` outlives the socket; `at_end` is called as it ends.
void run_live_socket(TcpSocket&& stream, RawRequest&& request, std::unique_ptr<SocketHandler> handler,
                     Connections& connections, std::function<void()> at_end);

} // namespace warsha::net
