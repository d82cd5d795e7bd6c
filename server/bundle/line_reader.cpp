#include "server/bundle/line_reader.hpp"

#include <istream>

namespace warsha::bundle {

namespace {
constexpr std::size_t kBlock = std::size_t{64} * 1024;
}

LineReader::LineReader(std::istream& stream) : stream_(stream), block_(kBlock) {}

bool LineReader::refill() {
  stream_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
  left_ = {block_.data(), static_cast<std::size_t>(stream_.gcount())};
  return !left_.empty();
}

LineReader::Found LineReader::next(std::size_t most) {
  line_.clear();
  ++number_;
  for (;;) {
    if (left_.empty() && !refill())
      return line_.empty() ? Found::end : Found::cut_off;
    const auto feed = left_.find('\n');
    const auto piece = left_.substr(0, feed);
    if (piece.size() > most - line_.size())
      return Found::too_long;
    line_.append(piece);
    left_.remove_prefix(feed == std::string_view::npos ? piece.size() : piece.size() + 1);
    if (feed != std::string_view::npos)
      return Found::line;
  }
}

} // namespace warsha::bundle
