#include "server/mail/address.hpp"

#include "protocol/limits.hpp"

#include <algorithm>

namespace warsha::mail {

namespace {

constexpr std::size_t kLabelBytes = 63; // RFC 1035, 2.3.4

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// RFC 5322, 3.2.3.
bool is_atom_letter(char c) {
  return is_alphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLabelBytes && label.front() != '-' && label.back() != '-' &&
         std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_atom(std::string_view atom) {
  return !atom.empty() && std::ranges::all_of(atom, is_atom_letter);
}

/// Every part between dots is right, and there are `least` of them.
template <class Right> bool are_parts(std::string_view text, std::size_t least, Right right) {
  std::size_t parts = 0;
  for (;;) {
    const auto dot = text.find('.');
    if (!right(text.substr(0, dot)))
      return false;
    ++parts;
    if (dot == std::string_view::npos)
      return parts >= least;
    text.remove_prefix(dot + 1);
  }
}

} // namespace

std::optional<std::string> clean_address(std::string_view typed) {
  constexpr std::string_view kBlanks = " \t\r\n";
  typed.remove_prefix(std::min(typed.find_first_not_of(kBlanks), typed.size()));
  typed = typed.substr(0, typed.find_last_not_of(kBlanks) + 1);
  if (typed.size() > limits::kMailAddressBytes)
    return std::nullopt;
  std::string address(typed);
  std::ranges::transform(address, address.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const auto at = address.rfind('@');
  if (at == std::string::npos || at > limits::kMailLocalPartBytes)
    return std::nullopt;
  const std::string_view all(address);
  if (!are_parts(all.substr(0, at), 1, is_atom) || !are_parts(all.substr(at + 1), 2, is_label))
    return std::nullopt;
  return address;
}

std::string domain_of(const std::string& address) {
  return address.substr(address.rfind('@') + 1);
}

} // namespace warsha::mail
