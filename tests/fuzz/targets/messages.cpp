#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "tests/fuzz/targets.hpp"

#include <nlohmann/json.hpp>

// A message is refused in JSON, or read; what was read and is written again is read as the same.
namespace warsha::fuzz {
namespace {

struct TextsAreClean {
  static void check(const std::string& text, std::variant<std::string, Code> cleaned) {
    const auto* again = std::get_if<std::string>(&cleaned);
    promise(again && *again == text, "a decoded text is clean");
  }
  void operator()(const action::Contribute& wanted) const {
    check(wanted.text, clean_text(wanted.text, limits::kContributionGraphemes));
    promise(wanted.answers.size() <= limits::kReferences && wanted.follows_from.size() <= limits::kReferences,
            "references are within their limit");
  }
  void operator()(const action::Edit& wanted) const {
    check(wanted.text, clean_text(wanted.text, limits::kContributionGraphemes));
  }
  void operator()(const action::ThemeAdd& wanted) const {
    check(wanted.title, clean_line(wanted.title, limits::kThemeTitleGraphemes));
  }
  void operator()(const action::ThemeRename& wanted) const {
    check(wanted.title, clean_line(wanted.title, limits::kThemeTitleGraphemes));
  }
  void operator()(const action::Moderate& wanted) const {
    if (wanted.reason)
      check(*wanted.reason, clean_text(*wanted.reason, limits::kReasonGraphemes));
  }
  void operator()(const action::TimerStart& wanted) const {
    promise(wanted.duration >= limits::kTimerLeast && wanted.duration <= limits::kTimerMost,
            "a timer is within limits");
  }
  void operator()(const action::TimerExtend& wanted) const { (*this)(action::TimerStart{wanted.duration}); }
  template <class Other> void operator()(const Other&) const {}
};

void check(const Command& command) {
  std::visit(TextsAreClean{}, command.action);
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
