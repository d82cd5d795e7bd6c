#pragma once

#include "tests/load/measure/seen_ledger.hpp"
#include "tests/load/measure/tally.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace warsha::load {

/// A snapshot, as far as a client must understand it.
struct SnapshotPoint {
  std::string epoch;
  std::uint64_t seq = 0;
  std::size_t contributions = 0;
};

/// What the participants of one workshop share.
class LiveRoom {
public:
  LiveRoom(std::size_t number, std::string workshop, std::string join_code, Tally& tally);

  /// Reads a snapshot's body. Bodies come many times over: the same bytes are read once. Throws
  /// std::runtime_error when it is no snapshot.
  [[nodiscard]] const SnapshotPoint& read_snapshot(const std::string& body, bool gzip);

  const std::size_t number;
  const std::string workshop;
  const std::string join_code;
  SeenLedger ledger;
  /// A contribution that was acknowledged, and the number of the participant who wrote it.
  struct Written {
    std::string id;
    std::size_t author = 0;
  };
  std::vector<Written> contributions;
  /// The highest seq that any answer or event of this workshop named.
  std::uint64_t highest_seq = 0;

private:
  std::string last_body_;
  SnapshotPoint last_point_;
};

} // namespace warsha::load
