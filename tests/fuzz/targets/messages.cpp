#include "protocol/codec.hpp"
#include "protocol/members.hpp"
#include "protocol/text.hpp"
#include "tests/fuzz/targets.hpp"

#include <nlohmann/json.hpp>

// A message is refused in JSON, or read; what was read and is written again is read as the same.
namespace warsha::fuzz {
namespace {

/// What was decoded keeps the bounds that its description names (protocol/members.hpp).
struct BoundsHold {
  template <class Field> void operator()(const char*, const Field& field, const Bounds& bounds = {}) const {
    check(field, bounds);
  }

  static void check(const std::string& text, const Bounds& bounds) {
    if (bounds.text == 0 && bounds.line == 0)
      return;
    const auto cleaned = bounds.text > 0 ? clean_text(text, bounds.text) : clean_line(text, bounds.line);
    const auto* again = std::get_if<std::string>(&cleaned);
    promise(again && *again == text, "a decoded text is clean");
  }
  static void check(std::int64_t number, const Bounds& bounds) {
    promise(number >= bounds.least && number <= bounds.most, "a number is within its bounds");
  }
  static void check(std::chrono::milliseconds duration, const Bounds& bounds) {
    check(duration.count(), bounds);
  }
  static void check(const TextEdit& edit, const Bounds& bounds) {
    promise(edit.parts.size() >= bounds.items_least && edit.parts.size() <= bounds.items_most,
            "an edit has as many parts as it may");
  }
  template <class Item> static void check(const std::optional<Item>& item, const Bounds& bounds) {
    if (item)
      check(*item, bounds);
  }
  template <class Item> static void check(const std::vector<Item>& items, const Bounds& bounds) {
    promise(items.size() >= bounds.items_least && items.size() <= bounds.items_most,
            "a list is as long as it may be");
    for (const auto& item : items)
      check(item, bounds);
  }
  template <class Other> static void check(const Other& other, const Bounds&) {
    if constexpr (Described<const Other>) {
      const BoundsHold nested;
      Other::members(other, nested);
    };
  }
};

constexpr BoundsHold kBoundsHold;

void check(const Command& command) {
  std::visit([](const auto& action) { std::decay_t<decltype(action)>::members(action, kBoundsHold); },
             command.action);
  const auto written = encode(command);
  const auto again = decode(written);
  const auto* message = std::get_if<ClientMessage>(&again);
  const auto* same = message ? std::get_if<Command>(message) : nullptr;
  promise(same, "a command that is written again is read");
  promise(same->id == command.id && same->fingerprint == command.fingerprint, "as the same command");
  promise(encode(*same) == written, "to the last byte");
}

void check(const Hello& hello) {
  const auto again = decode(encode(hello));
  const auto* message = std::get_if<ClientMessage>(&again);
  const auto* same = message ? std::get_if<Hello>(message) : nullptr;
  promise(same && same->client == hello.client && same->resume.has_value() == hello.resume.has_value(),
          "a hello that is written again is read as the same");
  promise(!hello.resume ||
              (same->resume->epoch == hello.resume->epoch && same->resume->seq == hello.resume->seq),
          "with the same place to resume from");
}

void check(const Typing&) {}
void check(const Signal& signal) {
  Signal::members(signal, kBoundsHold);
}
void check(const Seen& seen) {
  Seen::members(seen, kBoundsHold);
}

} // namespace

void messages(std::string_view input) {
  const auto decoded = decode(input);
  if (const auto* error = std::get_if<DecodeError>(&decoded)) {
    const auto answer = nlohmann::json::parse(encode_reject(error->id, error->rejection), nullptr, false);
    promise(answer.is_object() && answer.at("code") == name(error->rejection.code), "a refusal is JSON");
    promise(error->rejection.field.size() <= 64, "and echoes no more than it must");
    return;
  }
  std::visit([](const auto& message) { check(message); }, std::get<ClientMessage>(decoded));
}

} // namespace warsha::fuzz
