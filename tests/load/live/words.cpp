#include "tests/load/live/words.hpp"

#include <iterator>
#include <string_view>

namespace warsha::load {

namespace {

constexpr std::string_view kWords[] = {"الماء",   "الطريق",  "المدرسة",   "الإنارة",  "السوق",
                                       "الحديقة", "النقل",   "الجماعة",   "الشباب",   "النساء",
                                       "المسنين", "الصحة",   "الميزانية", "المواعيد", "اللوحات",
                                       "الملعب",  "المكتبة", "الأرصفة",   "الدواوير", "الحافلات"};

} // namespace

std::string Words::next(std::size_t bytes) {
  std::string text = std::to_string(++made_);
  while (text.size() < bytes) {
    const auto& word = kWords[random_() % std::size(kWords)];
    if (text.size() + 1 + word.size() > bytes) {
      text.append(bytes - text.size(), '.');
      break;
    }
    text.append(" ").append(word);
  }
  return text;
}

} // namespace warsha::load
