#pragma once

#include "server/publication/texts.hpp"

#include <string>

namespace warsha::publication {

/// The name of an administration of the register in a language; its id when it is not there.
[[nodiscard]] std::string administration_name(const Texts& texts, const std::string& id);

} // namespace warsha::publication
