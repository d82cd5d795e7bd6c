#pragma once

#include <stdexcept>
#include <string>

namespace warsha::bundle {

/// What is wrong with a bundle, and where: "workshop 0190…, event 4: its body and its hash do not belong
/// together". One line for a terminal, without anybody's words.
class BundleError : public std::runtime_error {
public:
  BundleError(const std::string& where, const std::string& what) : std::runtime_error(where + ": " + what) {}
};

} // namespace warsha::bundle
