#pragma once

#include "protocol/agenda.hpp"
#include "protocol/codes.hpp"
#include "server/publication/pages.hpp"

#include <optional>
#include <string>
#include <vector>

/// The form of a written consultation: pages that need no script, and what somebody typed into them.
namespace warsha::publication {

/// What a written consultation says of itself.
struct WrittenConsultation {
  std::string title;
  std::string question; // may be empty, as may the guidance
  std::string guidance;
  std::string consultation, consultation_url;
  FormDays days;
  bool ended = false; // by the organiser, whatever its days
  bool results_required = false;

  enum class Stage : std::uint8_t { soon, open, over };
  [[nodiscard]] Stage stage(TimeMs now) const;
};

/// As it was typed, and as it comes back when something of it is refused.
struct Typed {
  std::string problem, solution, result;
  std::string problem_id, solution_id; // of the commands: the same form sent twice doubles nothing
  std::string pass;                    // of who has none yet; empty: their browser has one

  [[nodiscard]] static Typed of(const std::map<std::string, std::string>& fields);
};

struct Refused {
  std::string field; // "problem", "solution", "result"; empty: none of them
  Code code{};
};

/// One contribution that was kept.
struct Kept {
  Kind kind{};
  std::string text;
  std::string receipt; // empty: somebody else's browser has it
};

[[nodiscard]] std::string write_page(const Visit& visit, const WrittenConsultation& about, const Typed& typed,
                                     const std::optional<Refused>& refused, TimeMs now);
[[nodiscard]] std::string kept_page(const Visit& visit, const WrittenConsultation& about,
                                    const std::vector<Kept>& kept);
/// What the form's page does where there is script: it keeps on the device what is typed until it is sent.
[[nodiscard]] const std::string& write_script();
[[nodiscard]] const std::string& write_script_path();

} // namespace warsha::publication
