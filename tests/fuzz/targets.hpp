#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// What reads bytes from outside, each with what it promises for any of them. One file a target in targets/.
namespace warsha::fuzz {

/// A promise that did not hold, and for what input it is seen in the fuzzer's reproducer.
struct Broken : std::logic_error {
  using std::logic_error::logic_error;
};

inline void promise(bool holds, const char* what) {
  if (!holds)
    throw Broken(what);
}

void messages(std::string_view input);  // frames of a live socket
void texts(std::string_view input);     // what people type
void targets(std::string_view input);   // request targets, queries, forwarded addresses
void cookies(std::string_view input);   // Cookie and Origin headers
void passes(std::string_view input);    // passes of participants, base64url, typed codes
void bodies(std::string_view input);    // JSON bodies of requests
void journal(std::string_view input);   // events and commands, one a line, on a board
void documents(std::string_view input); // consultation files
void bundles(std::string_view input);   // bundles, as they come or chained and signed again

struct Target {
  const char* name;
  void (*run)(std::string_view);
  std::size_t longest; // bytes of an input
};
inline constexpr Target kTargets[] = {
    {"messages", messages, 2048}, {"texts", texts, 4200},         {"targets", targets, 512},
    {"cookies", cookies, 512},    {"passes", passes, 256},        {"bodies", bodies, 1024},
    {"journal", journal, 2048},   {"documents", documents, 4096}, {"bundles", bundles, 8192}};

/// Right and wrong inputs of a target, made from the schemas' examples and from the code's own writers.
[[nodiscard]] std::vector<std::string> seeds(std::string_view target);
/// Words that mean something to a target: names of members, actions, events.
[[nodiscard]] std::vector<std::string> words(std::string_view target);

} // namespace warsha::fuzz
