#include "tests/load/net/http_client.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <stdexcept>
#include <zlib.h>

namespace warsha::load {

namespace {

constexpr auto kPatience = std::chrono::seconds(30);

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

/// The head of an answer, as far as it concerns us.
struct Head {
  HttpReply reply;
  std::size_t body_bytes = 0;
  bool closes = false;
};

Head read_head(std::string_view head) {
  Head out;
  if (head.size() > 12)
    std::from_chars(head.data() + 9, head.data() + 12, out.reply.status);
  for (auto at = head.find("\r\n"); at != std::string_view::npos;) {
    const auto next = head.find("\r\n", at + 2);
    const auto line = head.substr(at + 2, next == std::string_view::npos ? next : next - at - 2);
    at = next;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos)
      continue;
    const auto name = lower(line.substr(0, colon));
    auto value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    if (name == "content-length")
      std::from_chars(value.data(), value.data() + value.size(), out.body_bytes);
    else if (name == "set-cookie" && out.reply.set_cookie.empty())
      out.reply.set_cookie = std::string(value.substr(0, value.find(';')));
    else if (name == "content-encoding")
      out.reply.gzip = value == "gzip";
    else if (name == "connection")
      out.closes = lower(value) == "close";
  }
  return out;
}

} // namespace

/// One connection; one request at a time.
class HttpClient::Connection final : private Stream::Handler,
                                     public std::enable_shared_from_this<Connection> {
public:
  Connection(HttpClient& client, std::size_t number)
      : client_(client), stream_(client.loop_, client.server_, {source_of(number), false}, *this) {}

  void start(Pending work) {
    work_ = std::move(work);
    received_.clear();
    busy_ = true;
    watch_patience(++turn_);
    if (open_)
      return write();
    stream_.connect();
  }

private:
  void watch_patience(std::uint64_t turn) {
    client_.loop_.after(kPatience, [weak = weak_from_this(), turn] {
      if (const auto self = weak.lock(); self && self->busy_ && self->turn_ == turn)
        self->failed("no answer in 30 s");
    });
  }

  void on_connected() override {
    open_ = true;
    if (busy_)
      write();
  }

  void write() {
    const auto& request = work_.request;
    std::string text =
        request.method + " " + request.target + " HTTP/1.1\r\nHost: " + client_.server_.authority() + "\r\n";
    if (!request.cookie.empty())
      text += "Cookie: " + request.cookie + "\r\n";
    if (request.gzip)
      text += "Accept-Encoding: gzip\r\n";
    if (!client_.keep_alive_)
      text += "Connection: close\r\n";
    if (!request.body.empty() || request.method == "POST")
      text +=
          "Content-Type: application/json\r\nContent-Length: " + std::to_string(request.body.size()) + "\r\n";
    stream_.write(text + "\r\n" + request.body);
  }

  void on_bytes(std::string_view bytes) override {
    if (!busy_)
      return;
    received_.append(bytes);
    const auto end = received_.find("\r\n\r\n");
    if (end == std::string::npos)
      return;
    auto head = read_head(std::string_view(received_).substr(0, end));
    if (received_.size() - end - 4 < head.body_bytes)
      return;
    head.reply.body = received_.substr(end + 4, head.body_bytes);
    done(std::move(head.reply), client_.keep_alive_ && !head.closes);
  }

  void on_gone(const std::string& why) override {
    open_ = false;
    if (busy_)
      return failed(why);
    client_.finished(*this, false);
  }

  void failed(const std::string& why) {
    // An idle connection may be closed just as it is taken: that is no failure of the request.
    if (turn_ > 1 && !work_.again && received_.empty()) {
      work_.again = true;
      busy_ = false;
      client_.waiting_.push_front(std::move(work_));
      return client_.finished(*this, false);
    }
    done({0, {}, false, why}, false);
  }

  void done(HttpReply reply, bool usable) {
    busy_ = false;
    const auto answered = std::move(work_.answered);
    client_.finished(*this, usable);
    answered(std::move(reply));
  }

  HttpClient& client_;
  Stream stream_;
  Pending work_;
  std::string received_;
  std::uint64_t turn_ = 0;
  bool open_ = false;
  bool busy_ = false;
};

HttpClient::HttpClient(EventLoop& loop, const Server& server, std::size_t connections, bool keep_alive)
    : loop_(loop), server_(server), most_(connections), keep_alive_(keep_alive) {}
HttpClient::~HttpClient() = default;

void HttpClient::ask(HttpAsk request, std::function<void(HttpReply)> answered) {
  waiting_.push_back({std::move(request), std::move(answered), false});
  start_next();
}

HttpReply HttpClient::ask_now(HttpAsk request) {
  // Shared: the answer may come after we gave up.
  const auto got = std::make_shared<std::pair<bool, HttpReply>>();
  ask(std::move(request), [got](HttpReply reply) { *got = {true, std::move(reply)}; });
  loop_.run_until([&] { return got->first; }, Clock::now() + kPatience + std::chrono::seconds(1));
  return got->second;
}

void HttpClient::start_next() {
  while (!waiting_.empty() && (!idle_.empty() || busy_.size() < most_)) {
    auto work = std::move(waiting_.front());
    waiting_.pop_front();
    std::shared_ptr<Connection> connection;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    } else {
      connection = std::make_shared<Connection>(*this, opened_++);
    }
    busy_.push_back(connection);
    connection->start(std::move(work));
  }
}

void HttpClient::finished(Connection& connection, bool usable) {
  for (auto* list : {&busy_, &idle_}) {
    const auto found =
        std::find_if(list->begin(), list->end(), [&](const auto& one) { return one.get() == &connection; });
    if (found == list->end())
      continue;
    auto held = std::move(*found);
    *found = std::move(list->back());
    list->pop_back();
    if (usable)
      idle_.push_back(std::move(held));
    else
      loop_.dispose(std::move(held));
    break;
  }
  start_next();
}

std::string gunzip(std::string_view packed) {
  z_stream stream{};
  constexpr int kGzip = 15 + 16;
  if (inflateInit2(&stream, kGzip) != Z_OK)
    throw std::runtime_error("zlib can't begin");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data())); // zlib only reads it
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  int result = Z_OK;
  while (result == Z_OK) {
    const auto before = out.size();
    out.resize(std::max<std::size_t>(before * 2, packed.size() * 6 + 64));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(out.size() - before);
    result = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (result != Z_STREAM_END)
    throw std::runtime_error("a body is no gzip");
  return out;
}

} // namespace warsha::load
