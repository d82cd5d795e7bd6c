#include "protocol/messages.hpp"

#include <array>
#include <iterator>
#include <string_view>

namespace warsha {

namespace {

// In the order of the enumerators.
constexpr std::array kKinds{"problem", "solution", "result"};
constexpr std::array kPhases{"introduction", "problems", "grouping", "solutions", "plenary", "closed"};
constexpr std::array kRoles{"screen",   "participant", "facilitator", "organiser",
                            "reviewer", "committee",   "admin"};

template <class Value, class Names> std::optional<Value> parse(const Names& names, std::string_view text) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (text == names[i])
      return static_cast<Value>(i);
  return std::nullopt;
}

} // namespace

const char* name(Kind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}
const char* name(Phase phase) {
  return kPhases[static_cast<std::size_t>(phase)];
}
const char* name(Role role) {
  return kRoles[static_cast<std::size_t>(role)];
}
std::optional<Kind> parse_kind(std::string_view text) {
  return parse<Kind>(kKinds, text);
}
std::optional<Phase> parse_phase(std::string_view text) {
  return parse<Phase>(kPhases, text);
}
std::optional<Role> parse_role(std::string_view text) {
  return parse<Role>(kRoles, text);
}

} // namespace warsha
