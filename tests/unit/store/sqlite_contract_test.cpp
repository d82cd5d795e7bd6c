#include "tests/unit/store/contract.hpp"

namespace warsha::tests {

class Sqlite {
public:
  [[nodiscard]] std::unique_ptr<store::Writer> open_writer() const {
    return std::make_unique<store::Writer>(folder_.file("warsha.db"));
  }
  [[nodiscard]] std::unique_ptr<store::Readers> open_readers(std::size_t threads) const {
    return std::make_unique<store::Readers>(folder_.file("warsha.db"), threads);
  }

private:
  TemporaryFolder folder_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(OnSqlite, StoreContract, Sqlite);

} // namespace warsha::tests
