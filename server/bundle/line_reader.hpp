#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace warsha::bundle {

/// The lines of a file that may be of any size and hold anything: no more of it is in memory than a block and
/// a line that is not too long.
class LineReader {
public:
  explicit LineReader(std::istream& stream);

  enum class Found {
    line,
    end,      // after the last line
    cut_off,  // something that no line feed ends
    too_long, // nothing more can be read
  };
  /// The next line has at most so many bytes.
  [[nodiscard]] Found next(std::size_t most);
  /// Without its line feed; valid until the next.
  [[nodiscard]] std::string_view line() const { return line_; }
  /// Of the present line, from 1.
  [[nodiscard]] std::size_t number() const { return number_; }

private:
  [[nodiscard]] bool refill();

  std::istream& stream_;
  std::vector<char> block_;
  std::string_view left_; // of the block
  std::string line_;
  std::size_t number_ = 0;
};

} // namespace warsha::bundle
