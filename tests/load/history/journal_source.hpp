#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace warsha::load {

struct JournalRow {
  std::uint64_t seq = 0;
  std::string body;
  std::string hash; // 32 bytes
};
/// One workshop's journal as it is stored.
struct StoredJournal {
  std::vector<JournalRow> rows; // by seq
  std::uint64_t head_seq = 0;
  std::string head_hash;
};
/// To where a receipt leads.
struct ReceiptPlace {
  std::string contribution;
  std::string workshop;
  std::uint64_t seq = 0;
};

/// What the server kept; in tests, what they say it kept.
class JournalSource {
public:
  virtual ~JournalSource() = default;
  /// Nothing when there is no such workshop.
  [[nodiscard]] virtual std::optional<StoredJournal> read(const std::string& workshop) = 0;
  [[nodiscard]] virtual std::optional<ReceiptPlace> resolve(const std::string& receipt) = 0;
};

/// The server's database, read only, also while it runs. Throws std::runtime_error when it can't be read.
[[nodiscard]] std::unique_ptr<JournalSource> open_database(const std::string& file);

} // namespace warsha::load
