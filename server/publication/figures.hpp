#pragma once

#include "server/publication/catalogue.hpp"

#include <string>
#include <vector>

namespace warsha::publication {

/// What became of the proposals that were sent to an administration.
struct Figures {
  std::string administration;
  std::size_t received = 0; // and not declined
  std::size_t answered = 0;
  std::size_t on_time = 0;
  std::size_t taken = 0;       // wholly or in part
  std::size_t late = 0;        // now
  std::size_t contributed = 0; // to what another leads
};

/// Of each administration that has to do with a proposal, who received most first.
[[nodiscard]] std::vector<Figures> figures_of(const Records& records);
/// Of one administration; all 0 when it has to do with none.
[[nodiscard]] Figures figures_of(const Records& records, const std::string& administration);

} // namespace warsha::publication
