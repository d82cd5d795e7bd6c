#include "tests/fuzz/targets.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace fs = std::filesystem;

namespace {

/// A line of a libFuzzer dictionary.
std::string quoted(const std::string& word) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte > 0x7e || c == '"' || c == '\\')
      (out += "\\x") += {kDigits[byte >> 4], kDigits[byte & 15]};
    else
      out += c;
  }
  return out + "\"\n";
}

int write(const std::string& target, const fs::path& folder, const fs::path& dictionary) {
  fs::create_directories(folder);
  std::size_t number = 0;
  for (const auto& seed : warsha::fuzz::seeds(target))
    std::ofstream(folder / ("seed-" + std::to_string(number++)), std::ios::binary) << seed;
  std::ofstream out(dictionary, std::ios::binary);
  for (const auto& word : warsha::fuzz::words(target))
    out << quoted(word);
  return out.good() && number > 0 ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) {
  if (count == 2 && std::string(arguments[1]) == "--list") {
    for (const auto& target : warsha::fuzz::kTargets)
      std::cout << target.name << ' ' << target.longest << '\n';
    return 0;
  }
  if (count != 4) {
    std::cout << "warsha_fuzz_seeds --list\nwarsha_fuzz_seeds TARGET FOLDER DICTIONARY\n\nThe targets with "
                 "their longest "
                 "input; or a target's seeds, a file each, and its words for libFuzzer's -dict.\n";
    return count == 2 && std::string(arguments[1]) == "--help" ? 0 : 2;
  }
  return write(arguments[1], arguments[2], arguments[3]);
}
