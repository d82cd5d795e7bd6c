#include "server/live/canonical_event.hpp"

#include "protocol/limits.hpp"
#include "protocol/member_writer.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace warsha::live {

namespace {

/// Bytes of the well-formed UTF-8 sequence that begins with this byte above 0x7f, or 0 (Unicode, table 3-7).
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const auto first = byte(0);
  if (first >= 0xc2 && first <= 0xdf)
    return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const bool overlong = first == 0xe0 && byte(1) < 0xa0;
    const bool surrogate = first == 0xed && byte(1) > 0x9f;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const bool overlong = first == 0xf0 && byte(1) < 0x90;
    const bool beyond = first == 0xf4 && byte(1) > 0x8f;
    return continues(1) && continues(2) && continues(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

/// Reads from the front. After the first thing that is not as expected it reads nothing more.
class Reader {
public:
  explicit Reader(std::string_view text) : left_(text) {}

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return !failed_ && left_.empty(); }

  /// Takes these bytes if they come next.
  bool take(std::string_view bytes) {
    if (failed_ || !left_.starts_with(bytes))
      return false;
    left_.remove_prefix(bytes.size());
    return true;
  }
  /// Takes the name of a member if it comes next.
  bool take_key(std::string_view name, bool first) {
    const std::size_t before = first ? 1 : 2; // a quotation mark, and a comma before it
    const auto length = before + name.size() + 2;
    if (failed_ || left_.size() < length || (!first && left_.front() != ',') || left_[before - 1] != '"' ||
        left_.substr(before, name.size()) != name || left_[before + name.size()] != '"' ||
        left_[length - 1] != ':')
      return false;
    left_.remove_prefix(length);
    return true;
  }
  [[nodiscard]] bool next_is(char c) const { return !failed_ && !left_.empty() && left_.front() == c; }
  void expect(std::string_view bytes) { failed_ = !take(bytes); } // what has failed takes nothing
  void fail() { failed_ = true; }

  /// A time or a length of time; one that is no client's number is left to the document's reader, which
  /// refuses it.
  std::int64_t milliseconds() {
    constexpr std::int64_t kMost = (std::int64_t{1} << 53) - 1;
    const auto value = number<std::int64_t>();
    if (value < 0 || value > kMost)
      fail();
    return value;
  }
  template <class Integer> Integer number() {
    Integer value{};
    const auto [end, error] = std::from_chars(left_.data(), left_.data() + left_.size(), value);
    // Zeros in front, and a minus before them, are no canonical number.
    const bool zeros =
        left_.starts_with("-0") || (left_.size() > 1 && left_[0] == '0' && end != left_.data() + 1);
    if (failed_ || error != std::errc{} || zeros)
      fail();
    else
      left_.remove_prefix(static_cast<std::size_t>(end - left_.data()));
    return value;
  }

  template <class AnyId> AnyId id() {
    constexpr std::size_t kQuoted = 38;
    if (failed_ || left_.size() < kQuoted || left_.front() != '"' || left_[kQuoted - 1] != '"') {
      fail();
      return {};
    }
    const auto parsed = AnyId::parse(left_.substr(1, kQuoted - 2));
    left_.remove_prefix(kQuoted);
    if (!parsed) {
      fail();
      return {};
    }
    return *parsed;
  }

  template <class AnyId> std::vector<AnyId> ids() {
    std::vector<AnyId> ids;
    expect("[");
    if (take("]"))
      return ids;
    do
      ids.push_back(id<AnyId>());
    while (take(","));
    expect("]");
    return ids;
  }

  std::string text() {
    std::string text;
    expect("\"");
    std::size_t begin = 0;
    for (std::size_t i = 0; !failed_;) {
      if (i == left_.size()) {
        fail();
      } else if (left_[i] == '"') {
        text.append(left_, begin, i - begin);
        left_.remove_prefix(i + 1);
        return text;
      } else if (left_[i] == '\\') {
        text.append(left_, begin, i - begin);
        i += unescape(left_.substr(i), text);
        begin = i;
      } else if (static_cast<unsigned char>(left_[i]) < 0x20) {
        fail();
      } else if (static_cast<unsigned char>(left_[i]) < 0x80) {
        ++i;
      } else {
        const auto bytes = sequence(left_.substr(i));
        failed_ = bytes == 0;
        i += bytes;
      }
    }
    return {};
  }

  /// 16 hexadecimal digits.
  std::uint64_t fingerprint() {
    constexpr std::size_t kQuoted = 18;
    const auto quoted = left_.substr(0, kQuoted);
    std::uint64_t value = 0;
    if (failed_ || quoted.size() != kQuoted || quoted.front() != '"' ||
        quoted.find_first_not_of("0123456789abcdef", 1) != kQuoted - 1 || quoted.back() != '"')
      fail();
    else
      std::from_chars(quoted.data() + 1, quoted.data() + kQuoted - 1, value, 16);
    left_.remove_prefix(quoted.size());
    return value;
  }

private:
  /// Appends what an escape at the front stands for; gives how long it is. Only those that encode_body
  /// writes.
  std::size_t unescape(std::string_view escape, std::string& out) {
    constexpr std::string_view kLetters = "\"\\bfnrt";
    constexpr std::string_view kMeant = "\"\\\b\f\n\r\t";
    const auto letter = escape.size() > 1 ? kLetters.find(escape[1]) : std::string_view::npos;
    if (letter == std::string_view::npos) {
      fail();
      return 1;
    }
    out += kMeant[letter];
    return 2;
  }

  std::string_view left_;
  bool failed_ = false;
};

/// Reads an event's members in the order of their names, and between them those that stand around a change.
class MembersInOrder {
public:
  MembersInOrder(Reader& in, Seq seq, Event& event) : in_(in), seq_(seq), event_(event) { in_.expect("{"); }

  template <class Field> void operator()(const char* name, Field& field, const Bounds& bounds = {}) {
    read_envelope_before(name);
    if (!take_name(name)) {
      if (!may_be_missing(field, bounds))
        in_.fail();
      return;
    }
    value(field, bounds);
    // What is never written is not canonical.
    if (is_left_out(field, bounds))
      in_.fail();
  }
  /// The rest of the envelope, up to where the type begins, which was cut.
  void end() {
    while (next_ < kType)
      read_envelope(next_++);
  }

private:
  static constexpr std::size_t kType = 4;

  bool take_name(std::string_view name) {
    if (!in_.take_key(name, first_))
      return false;
    first_ = false;
    return true;
  }
  void expect_name(std::string_view name) {
    if (!take_name(name))
      in_.fail();
  }
  void read_envelope_before(std::string_view name) {
    while (next_ < kType && kEventEnvelope[next_] < name)
      read_envelope(next_++);
  }
  void read_envelope(std::size_t i) {
    switch (i) {
    case 0:
      expect_name("at");
      event_.at = in_.milliseconds();
      return;
    case 1:
      if (take_name("by")) {
        event_.by = in_.id<ActorId>();
        event_.cause.emplace();
      }
      return;
    case 2:
      if (event_.cause) {
        expect_name("command");
        in_.expect(R"({"fingerprint":)");
        event_.cause->fingerprint = in_.fingerprint();
        in_.expect(R"(,"id":)");
        event_.cause->command = in_.id<CommandId>();
        in_.expect("}");
      }
      return;
    default:
      expect_name("seq");
      if (in_.number<Seq>() != seq_)
        in_.fail();
    }
  }

  template <class Value> static bool may_be_missing(const Value&, const Bounds& bounds) {
    return bounds.sparse;
  }
  template <class Item> static bool may_be_missing(const std::optional<Item>&, const Bounds& bounds) {
    return !bounds.or_null;
  }

  void value(bool& flag, const Bounds&) {
    flag = in_.take("true");
    if (!flag)
      in_.expect("false");
  }
  void value(std::int64_t& number, const Bounds&) { number = in_.milliseconds(); }
  void value(std::string& text, const Bounds&) { text = in_.text(); }
  template <Worded Word> void value(Word& word, const Bounds&) {
    if (const auto known = parse<Word>(in_.text()))
      word = *known;
    else
      in_.fail();
  }
  template <class Tag> void value(Id<Tag>& id, const Bounds&) { id = in_.id<Id<Tag>>(); }
  template <class Tag> void value(std::vector<Id<Tag>>& ids, const Bounds&) { ids = in_.ids<Id<Tag>>(); }
  template <class Item> void value(std::optional<Item>& item, const Bounds& bounds) {
    if (!bounds.or_null || !in_.take("null"))
      value(item.emplace(), bounds);
  }
  void value(Timer& timer, const Bounds&) {
    in_.expect(R"({"duration_ms":)");
    timer.duration_ms = in_.milliseconds();
    in_.expect(R"(,"ends_at":)");
    timer.ends_at = in_.milliseconds();
    if (in_.take(R"(,"left_ms":)"))
      timer.left_ms = in_.milliseconds();
    in_.expect("}");
  }
  void value(std::map<Phase, std::string>& texts, const Bounds&) {
    in_.expect("{");
    std::string before;
    while (!in_.failed() && !in_.take("}")) {
      if (!texts.empty())
        in_.expect(",");
      const auto key = in_.text();
      const auto phase = parse<Phase>(key);
      in_.expect(":");
      if (!phase || key <= before)
        return in_.fail();
      texts[*phase] = in_.text();
      before = key;
    }
  }
  /// What is said a few times in a workshop is left to the document's reader.
  void value(std::vector<AgendaItem>&, const Bounds&) { in_.fail(); }
  void value(Settings&, const Bounds&) { in_.fail(); }
  void value(FormDays&, const Bounds&) { in_.fail(); }
  void value(TextEdit& edit, const Bounds& bounds) {
    in_.expect("[");
    do
      edit.parts.push_back(part());
    while (in_.take(","));
    in_.expect("]");
    if (edit.parts.size() > bounds.items_most)
      in_.fail();
  }
  std::variant<TextEdit::Keep, TextEdit::Insert, TextEdit::Delete> part() {
    if (in_.next_is('"')) {
      TextEdit::Insert insert{in_.text()};
      if (check_piece(insert.text))
        in_.fail();
      return insert;
    }
    if (!in_.take(R"({"d":)"))
      return TextEdit::Keep{code_points()};
    const TextEdit::Delete deleted{code_points()};
    in_.expect("}");
    return deleted;
  }
  std::uint32_t code_points() {
    const auto number = in_.number<std::uint32_t>();
    if (number == 0 || number > limits::kDraftCodePoints)
      in_.fail();
    return number;
  }

  Reader& in_;
  Seq seq_;
  Event& event_;
  std::size_t next_ = 0;
  bool first_ = true;
};

/// Cuts what stands at the end of a body: …,"type":"TYPE","workshop":"ID"}. Gives the type; none when the end
/// is another.
std::optional<std::string_view> cut_end(std::string_view& body, const WorkshopId& workshop) {
  constexpr std::string_view kWorkshop = R"(","workshop":")";
  constexpr std::string_view kType = R"(,"type":")";
  const auto id = uuid::characters(workshop.bytes);
  const auto cut = [&body](std::string_view bytes) {
    const bool there = body.ends_with(bytes);
    if (there)
      body.remove_suffix(bytes.size());
    return there;
  };
  if (!cut("\"}") || !cut({id.data(), id.size()}) || !cut(kWorkshop))
    return std::nullopt;
  const auto quote = body.rfind('"');
  if (quote == std::string_view::npos)
    return std::nullopt;
  const auto type = body.substr(quote + 1);
  body.remove_suffix(type.size());
  if (!cut(kType))
    return std::nullopt;
  return type;
}

} // namespace

std::optional<Event> read_canonical(const WorkshopId& workshop, Seq seq, std::string_view body) {
  const auto type = cut_end(body, workshop);
  if (!type)
    return std::nullopt;
  const auto* known = std::find(kEventTypes.begin(), kEventTypes.end(), *type);
  if (known == kEventTypes.end())
    return std::nullopt;
  Event event{
      seq, {}, {}, {}, empty_alternative<Change>(static_cast<std::size_t>(known - kEventTypes.begin()))};
  Reader in(body);
  MembersInOrder members(in, seq, event);
  std::visit([&](auto& one) { std::decay_t<decltype(one)>::members(one, members); }, event.change);
  members.end();
  if (!in.at_end())
    return std::nullopt;
  return event;
}

} // namespace warsha::live
