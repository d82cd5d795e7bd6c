#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace warsha::load {

/// Texts as people write them: Arabic words, no two texts alike, of about so many bytes in UTF-8. They hold
/// nothing that JSON would escape.
class Words {
public:
  explicit Words(unsigned seed) : random_(seed) {}
  [[nodiscard]] std::string next(std::size_t bytes);

private:
  std::minstd_rand random_;
  std::uint64_t made_ = 0;
};

} // namespace warsha::load
