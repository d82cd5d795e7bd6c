#include "server/live/canonical_event.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace warsha::live {

namespace {

/// Names of the alternatives of Change, in their order.
constexpr std::array kTypes{"workshop.opened",
                            "phase.entered",
                            "timer.set",
                            "contribution.added",
                            "contribution.edited",
                            "contribution.withdrawn",
                            "contribution.hidden",
                            "contribution.shown",
                            "contribution.supported",
                            "contribution.unsupported",
                            "contribution.placed",
                            "theme.added",
                            "theme.renamed",
                            "theme.removed"};
static_assert(kTypes.size() == std::variant_size_v<Change>);

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

/// The change of a type, with nothing in it yet.
template <std::size_t... Index> Change empty_change(std::size_t index, std::index_sequence<Index...>) {
  Change change;
  ((index == Index ? static_cast<void>(change.emplace<Index>()) : static_cast<void>(0)), ...);
  return change;
}

std::optional<Change> empty_change(std::string_view type) {
  for (std::size_t i = 0; i < kTypes.size(); ++i)
    if (type == kTypes[i])
      return empty_change(i, std::make_index_sequence<std::variant_size_v<Change>>());
  return std::nullopt;
}

/// The counterparts of encode_body's visitors: the members before `seq` and after it, in the order of their
/// keys.
struct BeforeSeq {
  Reader& in;

  void operator()(change::Opened& opened) const {
    in.expect(R"(,"language":)");
    opened.language = in.text();
    in.expect(R"(,"questions":{)");
    std::string before;
    while (!in.failed() && !in.take("}")) {
      if (!before.empty())
        in.expect(",");
      const auto key = in.text();
      const auto phase = parse_phase(key);
      in.expect(":");
      if (!phase || key <= before)
        return in.fail();
      opened.questions[*phase] = in.text();
      before = key;
    }
  }
  void operator()(change::PhaseEntered& entered) const {
    in.expect(R"(,"phase":)");
    if (const auto phase = parse_phase(in.text()))
      entered.phase = *phase;
    else
      in.fail();
  }
  void operator()(change::Added& added) const {
    contribution(added);
    in.expect(R"(,"follows_from":)");
    added.follows_from = in.ids<ContributionId>();
    in.expect(R"(,"kind":)");
    if (const auto kind = parse_kind(in.text()))
      added.kind = *kind;
    else
      in.fail();
    in.expect(R"(,"receipt":)");
    added.receipt = in.text();
  }
  void operator()(change::Hidden& hidden) const {
    contribution(hidden);
    in.expect(R"(,"reason":)");
    hidden.reason = in.text();
  }
  template <class Other> void operator()(Other& other) const {
    if constexpr (requires { other.contribution; })
      contribution(other);
  }

private:
  template <class Any> void contribution(Any& any) const {
    in.expect(R"(,"contribution":)");
    any.contribution = in.id<ContributionId>();
  }
};

struct AfterSeq {
  Reader& in;

  void operator()(change::Opened& opened) const { title(opened); }
  void operator()(change::TimerSet& set) const {
    in.expect(R"(,"timer":)");
    if (in.take("null"))
      return;
    Timer timer;
    in.expect(R"({"duration_ms":)");
    timer.duration_ms = in.milliseconds();
    in.expect(R"(,"ends_at":)");
    timer.ends_at = in.milliseconds();
    in.expect("}");
    set.timer = timer;
  }
  void operator()(change::Added& added) const { text(added); }
  void operator()(change::Edited& edited) const { text(edited); }
  void operator()(change::Placed& placed) const {
    in.expect(R"(,"theme":)");
    if (!in.take("null"))
      placed.theme = in.id<ThemeId>();
  }
  void operator()(change::ThemeAdded& added) const {
    theme(added);
    title(added);
  }
  void operator()(change::ThemeRenamed& renamed) const {
    theme(renamed);
    title(renamed);
  }
  void operator()(change::ThemeRemoved& removed) const { theme(removed); }
  template <class Other> void operator()(Other&) const {}

private:
  template <class Any> void text(Any& any) const {
    in.expect(R"(,"text":)");
    any.text = in.text();
  }
  template <class Any> void title(Any& any) const {
    in.expect(R"(,"title":)");
    any.title = in.text();
  }
  template <class Any> void theme(Any& any) const {
    in.expect(R"(,"theme":)");
    any.theme = in.id<ThemeId>();
  }
};

std::optional<Cause> read_cause(Reader& in, ActorId& by) {
  if (!in.take(R"(,"by":)"))
    return std::nullopt;
  by = in.id<ActorId>();
  Cause cause;
  in.expect(R"(,"command":{"fingerprint":)");
  cause.fingerprint = in.fingerprint();
  in.expect(R"(,"id":)");
  cause.command = in.id<CommandId>();
  in.expect("}");
  return cause;
}

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

const char* event_type(const Change& change) {
  return kTypes[change.index()];
}

std::optional<Event> read_canonical(const WorkshopId& workshop, Seq seq, std::string_view body) {
  const auto type = cut_end(body, workshop);
  if (!type)
    return std::nullopt;
  auto change = empty_change(*type);
  if (!change)
    return std::nullopt;
  Event event{seq, {}, {}, {}, std::move(*change)};
  Reader in(body);
  in.expect("{");
  if (auto* added = std::get_if<change::Added>(&event.change)) {
    in.expect(R"("answers":)");
    added->answers = in.ids<ContributionId>();
    in.expect(",");
  }
  in.expect(R"("at":)");
  event.at = in.milliseconds();
  event.cause = read_cause(in, event.by);
  std::visit(BeforeSeq{in}, event.change);
  in.expect(R"(,"seq":)");
  const bool this_seq = in.number<Seq>() == seq;
  std::visit(AfterSeq{in}, event.change);
  if (!in.at_end() || !this_seq)
    return std::nullopt;
  return event;
}

} // namespace warsha::live
