#include "server/publication/names.hpp"

#include "server/aggregation/defaults.hpp"

#include <algorithm>

namespace warsha::publication {

std::string administration_name(const Texts& texts, const std::string& id) {
  const auto& all = aggregation::shipped_administrations();
  const auto found = std::ranges::find(all, id, &aggregation::Administration::id);
  if (found == all.end())
    return id;
  const auto name = found->names.find(texts.language());
  return name == found->names.end() ? id : name->second;
}

} // namespace warsha::publication
