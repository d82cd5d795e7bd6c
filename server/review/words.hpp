#pragma once

#include "protocol/limits.hpp"
#include "protocol/members.hpp"

#include <string>

namespace warsha::review {

/// Public words, in the two languages in which administrations answer.
struct Words {
  std::string ar;
  std::string fr;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("ar", self.ar, {.text = limits::kAnswerGraphemes});
    visit("fr", self.fr, {.text = limits::kAnswerGraphemes});
  }
};

/// The same of one line: a title.
struct TitleWords {
  std::string ar;
  std::string fr;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("ar", self.ar, {.line = limits::kProposalTitleGraphemes});
    visit("fr", self.fr, {.line = limits::kProposalTitleGraphemes});
  }
};

} // namespace warsha::review
