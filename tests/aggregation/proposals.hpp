#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace warsha::bench {

/// Made-up proposals in Arabic and French, always the same ones: one in ten says again, in other words or
/// with a slip of the finger, what an earlier one said.
class ProposalMaker {
public:
  [[nodiscard]] std::string next();

private:
  [[nodiscard]] std::string fresh();

  std::mt19937 random_{2023};
  std::string earlier_;
};

} // namespace warsha::bench
