#include "server/publication/names.hpp"

#include "server/aggregation/defaults.hpp"

namespace warsha::publication {

std::string administration_name(const Texts& texts, const std::string& id) {
  const auto* found = aggregation::shipped_register().find(id);
  if (!found)
    return id;
  const auto name = found->names.find(texts.language());
  return name == found->names.end() ? id : name->second;
}

} // namespace warsha::publication
