// Private to this folder.
#pragma once

#include <nlohmann/json.hpp>

namespace warsha::review {

/// Words or a title, in the two languages in which they are published.
template <class InTwoLanguages> nlohmann::json in_both(const InTwoLanguages& words) {
  return {{"ar", words.ar}, {"fr", words.fr}};
}

} // namespace warsha::review
