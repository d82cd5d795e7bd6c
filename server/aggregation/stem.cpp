#include "server/aggregation/stem.hpp"

#include <array>
#include <libstemmer.h>
#include <memory>
#include <stdexcept>

namespace warsha::aggregation {

namespace {

struct Delete {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Snowball = std::unique_ptr<sb_stemmer, Delete>;

Snowball make(const char* language) {
  Snowball made(sb_stemmer_new(language, "UTF_8"));
  if (!made)
    throw std::runtime_error(std::string("Snowball has no stemmer for ") + language);
  return made;
}

} // namespace

std::string stem(Stemmer stemmer, std::string_view word) {
  // A stemmer keeps its last result: one a thread.
  static thread_local const std::array<Snowball, 3> stemmers = {make("arabic"), make("french"),
                                                                make("english")};
  sb_stemmer* const mine = stemmers[static_cast<std::size_t>(stemmer)].get();
  const auto* stemmed =
      sb_stemmer_stem(mine, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (stemmed == nullptr)
    throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(mine))};
}

} // namespace warsha::aggregation
