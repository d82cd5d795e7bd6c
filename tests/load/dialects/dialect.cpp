#include "tests/load/dialects/dialect.hpp"

#include "tests/load/dialects/varuint.hpp"

#include <charconv>

namespace warsha::load {

namespace {

constexpr std::string_view kId = R"({"id":)";
constexpr std::string_view kText = R"(,"text":")";
constexpr std::string_view kEnd = R"("})";

void append_object(std::string& out, std::uint64_t number, std::string_view text) {
  out.append(kId).append(std::to_string(number)).append(kText).append(text).append(kEnd);
}

/// The number of an object that append_object wrote.
bool read_object(std::string_view text, std::uint64_t& number) {
  if (!text.starts_with(kId))
    return false;
  text.remove_prefix(kId.size());
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end != text.data() + text.size();
}

/// ws and bare: JSON objects, sent on as they are; some servers join those that are pending by line feeds.
class PlainDialect final : public Dialect {
public:
  explicit PlainDialect(const DialectRoom& room) : room_(room.name) {}

  std::string target() const override { return "/room/" + room_; }
  bool ready_at_once() const override { return true; }

  void hear(std::string_view frame, Heard& heard) override {
    while (!frame.empty()) {
      const auto end = frame.find('\n');
      std::uint64_t number = 0;
      if (!read_object(frame.substr(0, end), number)) {
        heard.understood = false;
        return;
      }
      heard.numbers.push_back(number);
      frame = end == std::string_view::npos ? std::string_view{} : frame.substr(end + 1);
    }
  }

  Frame say(std::uint64_t number, std::string_view text) override {
    Frame frame;
    append_object(frame.payload, number, text);
    return frame;
  }

private:
  std::string room_;
};

/// Engine.IO 4 and Socket.IO 5 as texts over WebSocket. It is in the room when it hears itself there.
class SocketIoDialect final : public Dialect {
public:
  SocketIoDialect(const DialectRoom& room, std::size_t member)
      : room_(room.name), probe_(R"({"probe":)" + std::to_string(member) + "}") {}

  std::string target() const override { return "/socket.io/?EIO=4&transport=websocket"; }

  void hear(std::string_view frame, Heard& heard) override {
    constexpr std::string_view kSaid = R"(42["said",)";
    std::uint64_t number = 0;
    if (frame.starts_with(kSaid)) {
      frame.remove_prefix(kSaid.size());
      if (read_object(frame, number))
        heard.numbers.push_back(number);
      else if (frame.substr(0, frame.size() - 1) == probe_)
        heard.ready = true;
    } else if (frame.starts_with("40")) { // the namespace is open
      heard.replies.push_back({Opcode::text, R"(42["join",")" + room_ + R"("])"});
      heard.replies.push_back({Opcode::text, R"(42["say",)" + probe_ + "]"});
    } else if (frame.starts_with("0")) { // the engine is open
      heard.replies.push_back({Opcode::text, "40"});
    } else if (frame == "2") { // ping
      heard.replies.push_back({Opcode::text, "3"});
    } else {
      heard.understood = false;
    }
  }

  Frame say(std::uint64_t number, std::string_view text) override {
    Frame frame;
    frame.payload = R"(42["say",)";
    append_object(frame.payload, number, text);
    frame.payload += ']';
    return frame;
  }

private:
  std::string room_;
  std::string probe_;
};

/// y-protocols over binary frames. What is said is appended to a shared Y.Array by updates (format 1) made
/// here: each holds one item whose left neighbour is the same client's item before.
class YjsDialect final : public Dialect {
public:
  YjsDialect(DialectRoom& room, std::size_t member) : room_(room), member_(member) {
    if (room_.numbers_of_client.size() <= member)
      room_.numbers_of_client.resize(member + 1);
  }

  std::string target() const override { return "/room-" + room_.name; }
  std::vector<Frame> greeting() const override {
    return {binary({kSync, kStep1, 1, 0})}; // I have nothing
  }

  void hear(std::string_view frame, Heard& heard) override {
    std::uint64_t channel = 0;
    std::uint64_t step = 0;
    if (!take_varuint(frame, channel))
      heard.understood = false;
    if (channel != kSync)
      return; // awareness
    if (!take_varuint(frame, step))
      heard.understood = false;
    else if (step == kStep1)
      heard.replies.push_back(binary({kSync, kStep2, 2, 0, 0})); // nothing that you lack
    else if (step == kStep2)
      heard.ready = true;
    else
      hear_update(frame, heard);
  }

  Frame say(std::uint64_t number, std::string_view text) override {
    auto& own = room_.numbers_of_client[member_];
    const std::uint64_t clock = own.size(); // each item is one element long
    own.push_back(number);
    std::string update;
    append_varuint(update, 1); // of one client
    append_varuint(update, 1); // one item
    append_varuint(update, client_of(member_));
    append_varuint(update, clock);
    if (clock == 0) {
      update.push_back(kContentAny);
      append_varuint(update, 1); // the parent is named
      append_varstring(update, "said");
    } else {
      update.push_back(static_cast<char>(kContentAny | kHasLeft));
      append_varuint(update, client_of(member_));
      append_varuint(update, clock - 1);
    }
    append_varuint(update, 1); // one element
    update.push_back(kAnyString);
    append_varstring(update, text);
    append_varuint(update, 0); // nothing is deleted
    auto frame = binary({kSync, kUpdate});
    append_varstring(frame.payload, update);
    return frame;
  }

private:
  static constexpr char kSync = 0;
  static constexpr char kStep1 = 0;
  static constexpr char kStep2 = 1;
  static constexpr char kUpdate = 2;
  static constexpr char kContentAny = 8;
  static constexpr char kHasLeft = static_cast<char>(0x80);
  static constexpr char kAnyString = 119;

  static Frame binary(std::initializer_list<char> bytes) { return {Opcode::binary, std::string(bytes)}; }
  static std::uint64_t client_of(std::size_t member) { return member + 1; }

  void hear_update(std::string_view frame, Heard& heard) {
    std::uint64_t length = 0;
    std::uint64_t clients = 0;
    std::uint64_t items = 0;
    std::uint64_t client = 0;
    std::uint64_t clock = 0;
    const bool read = take_varuint(frame, length) && take_varuint(frame, clients) && clients == 1 &&
                      take_varuint(frame, items) && take_varuint(frame, client) && take_varuint(frame, clock);
    const bool known = read && client >= 1 && client <= room_.numbers_of_client.size() &&
                       clock + items <= room_.numbers_of_client[client - 1].size();
    if (!known) {
      heard.understood = false;
      return;
    }
    for (std::uint64_t i = 0; i < items; ++i)
      heard.numbers.push_back(room_.numbers_of_client[client - 1][clock + i]);
  }

  DialectRoom& room_;
  std::size_t member_;
};

} // namespace

std::unique_ptr<Dialect> make_dialect(Target target, DialectRoom& room, std::size_t member) {
  if (target == Target::socketio)
    return std::make_unique<SocketIoDialect>(room, member);
  if (target == Target::yjs)
    return std::make_unique<YjsDialect>(room, member);
  return std::make_unique<PlainDialect>(room);
}

std::size_t dialect_text_bytes(Target target, std::size_t message_bytes) {
  constexpr std::size_t kObjectAround = 22; // with a number of five digits
  constexpr std::size_t kYjsAround = 16;
  const auto around = target == Target::yjs ? kYjsAround : kObjectAround;
  return message_bytes > around + 8 ? message_bytes - around : 8;
}

} // namespace warsha::load
