#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>

/// What is said on the wire and kept in the journal is described once, beside its fields: a struct has
///   template <class Self, class Visit> static void members(Self& self, Visit& visit)
/// which calls visit(name, field, bounds) for each, in the sorted order of the names. Reading, writing and
/// checking follow from it (member_reader.hpp, member_writer.hpp, and the journal's own in server/live).
namespace warsha {

/// How a member may look, and within which bounds. The defaults: it must be there, anything of its type.
/// An std::optional may be left out.
struct Bounds {
  std::size_t text = 0;   // grapheme clusters of a text of several lines; it is cleaned
  std::size_t line = 0;   // the same of one line
  std::int64_t least = 0; // of a number, or of milliseconds
  std::int64_t most = (std::int64_t{1} << 53) - 1; // what every client's number holds (RFC 8259, 6)
  std::size_t items_least = 0;                     // of a list
  std::size_t items_most = std::numeric_limits<std::size_t>::max();
  bool or_null = false; // an std::optional is null instead of being left out
  bool sparse = false;  // left out when empty or false
};

struct NoVisit {
  template <class Field> void operator()(const char*, Field&, const Bounds& = {}) const {}
};

template <class Struct>
concept Described = requires(Struct& self, NoVisit& visit) {
  Struct::members(self, visit);
};

} // namespace warsha
