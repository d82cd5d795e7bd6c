#pragma once

#include <stdexcept>

namespace warsha::app {

/// What the person at the terminal can mend: one line that names the option and says how.
class UsageError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

} // namespace warsha::app
