#include "tests/load/history/journal_source.hpp"

#include "server/store/connection.hpp"
#include "server/store/inspection.hpp"
#include "server/store/journal.hpp"

namespace warsha::load {

namespace {

std::string bytes_of(const store::Hash& hash) {
  return {hash.begin(), hash.end()};
}

class Database final : public JournalSource {
public:
  explicit Database(const std::string& file) : connection_(file, store::Connection::Mode::read_only) {}

  std::optional<StoredJournal> read(const std::string& workshop) override {
    const auto id = WorkshopId::parse(workshop);
    std::optional<StoredJournal> journal;
    if (!id)
      return journal;
    store::at_one_moment(connection_, [&] {
      const auto head = store::read_head(connection_, *id);
      if (!head)
        return;
      journal.emplace();
      journal->head_seq = head->seq;
      journal->head_hash = bytes_of(head->hash);
      store::read_journal(connection_, *id, [&](Seq seq, std::string_view body, std::string_view hash) {
        journal->rows.push_back({seq, std::string(body), std::string(hash)});
      });
    });
    return journal;
  }

  std::optional<ReceiptPlace> resolve(const std::string& receipt) override {
    const auto row = store::find_receipt(connection_, receipt);
    if (!row)
      return std::nullopt;
    return ReceiptPlace{row->contribution.id.text(), row->workshop.text(), row->contribution.added_seq};
  }

private:
  store::Connection connection_;
};

} // namespace

std::unique_ptr<JournalSource> open_database(const std::string& file) {
  return std::make_unique<Database>(file);
}

} // namespace warsha::load
