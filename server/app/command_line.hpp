#pragma once

#include "server/app/serve.hpp"

#include <string>
#include <variant>
#include <vector>

/// What stands after `warsha` on the command line.
namespace warsha::app {

/// Finds the command, runs it, and gives its exit status: 0 when it did what was asked, 1 when it could not,
/// 2 when the command line is wrong. What is wrong goes to standard error in one line.
[[nodiscard]] int main(int argc, char** argv);

/// The options of `warsha serve` from its arguments, its configuration file and the environment, every value
/// checked; or the exit status, when help was asked for or something is wrong.
[[nodiscard]] std::variant<ServeOptions, int> parse_serve(std::vector<std::string> arguments);

} // namespace warsha::app
