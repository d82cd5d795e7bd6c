#include "server/net/transport.ipp"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace warsha::net {

namespace {

constexpr std::size_t kRecordBytes = 16 * 1024; // of TLS, at most (RFC 8446, 5.1)

} // namespace

Transport::Transport(TcpSocket&& socket, const TlsContext* tls) : socket_(std::move(socket)) {
  if (!tls)
    return;
  ErrorCode ignored; // a socket that ended already fails at its first use
  socket_.non_blocking(true, ignored);
  tls_.emplace(*tls, socket_.native_handle());
}

Transport::Written Transport::write_now(std::span<const ::iovec> buffers) {
  if (tls_ && !socket_.is_open())
    return {0, false, true};
  if (tls_)
    return write_records_now(buffers);
  std::size_t given = 0;
  for (const auto& buffer : buffers)
    given += buffer.iov_len;
  ::msghdr message{};
  message.msg_iov = const_cast<::iovec*>(buffers.data()); // sendmsg only reads
  message.msg_iovlen = buffers.size();
  const auto sent = ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0)
    return {static_cast<std::size_t>(sent), static_cast<std::size_t>(sent) < given, false};
  const bool blocked = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  return {0, blocked, !blocked};
}

Transport::Written Transport::write_records_now(std::span<const ::iovec> buffers) {
  Written written;
  std::size_t within = 0; // the first buffer's bytes that are taken
  while (true) {
    if (unwritten_.empty())
      written.bytes += take_record(buffers, within);
    if (unwritten_.empty())
      break;
    const auto step = tls_->write(unwritten_.data(), unwritten_.size());
    if (step.outcome == TlsChannel::Outcome::done) {
      unwritten_.erase(0, step.bytes);
      continue;
    }
    written.blocked =
        step.outcome == TlsChannel::Outcome::wants_write || step.outcome == TlsChannel::Outcome::wants_read;
    written.failed = !written.blocked;
    return written;
  }
  unwritten_.shrink_to_fit(); // an idle connection holds no buffer
  return written;
}

/// Moves on in `buffers` by what one record takes of them.
std::size_t Transport::take_record(std::span<const ::iovec>& buffers, std::size_t& within) {
  while (!buffers.empty() && unwritten_.size() < kRecordBytes) {
    const auto& buffer = buffers.front();
    const auto size = std::min(buffer.iov_len - within, kRecordBytes - unwritten_.size());
    unwritten_.append(static_cast<const char*>(buffer.iov_base) + within, size);
    within += size;
    if (within == buffer.iov_len) {
      buffers = buffers.subspan(1);
      within = 0;
    }
  }
  return unwritten_.size();
}

Transport::ErrorCode Transport::error_of(TlsChannel::Outcome outcome) {
  if (outcome == TlsChannel::Outcome::done)
    return {};
  if (outcome == TlsChannel::Outcome::ended)
    return boost::asio::error::eof;
  return boost::asio::error::connection_reset;
}

void Transport::end_writing() {
  if (tls_ && socket_.is_open())
    tls_->say_end();
  ErrorCode ignored;
  socket_.shutdown(TcpSocket::shutdown_send, ignored);
}

void Transport::close() {
  ErrorCode ignored;
  socket_.close(ignored);
}

} // namespace warsha::net
