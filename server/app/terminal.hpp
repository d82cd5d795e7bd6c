#pragma once

#include <functional>
#include <string>

/// The person at the terminal.
namespace warsha::app {

/// One line of standard input, without its end; empty when there is none.
[[nodiscard]] std::string read_line();

/// Asks without showing what is typed. Throws UsageError when there is no terminal.
[[nodiscard]] std::string ask_password();

/// Asks twice, likewise. Throws UsageError also when the two differ.
[[nodiscard]] std::string ask_new_password();

/// Replaces the last line on standard error at most ten times a second; an empty line clears it. Empty when
/// standard error is not a terminal.
[[nodiscard]] std::function<void(const std::string& line)> progress_line();

} // namespace warsha::app
