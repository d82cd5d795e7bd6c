#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace warsha::aggregation {

enum class Stemmer : std::uint8_t { arabic, french, english };

/// Snowball's stem of a lower-case word in NFC. Thread-safe.
[[nodiscard]] std::string stem(Stemmer stemmer, std::string_view word);

} // namespace warsha::aggregation
