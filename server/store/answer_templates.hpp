#pragma once

#include "protocol/ids.hpp"
#include "protocol/messages.hpp"

#include <optional>
#include <string>
#include <vector>

/// Words that administrations keep to begin their answers with.
namespace warsha::store {

class Connection;

struct AnswerTemplateRow {
  AnswerTemplateId id;
  std::string administration;
  std::string title;
  std::string kind; // of the answer
  std::string ar;
  std::string fr;
  std::int64_t revision = 1;
  ActorId changed_by;
  TimeMs changed_at{};
};
void add_answer_template(Connection&, const AnswerTemplateRow&);
/// Replaces the one of this id, of the same administration, whose revision is the one before; whether it did.
bool change_answer_template(Connection&, const AnswerTemplateRow&);
/// Of this administration; whether there was one.
bool remove_answer_template(Connection&, const AnswerTemplateId&, const std::string& administration);
[[nodiscard]] std::optional<AnswerTemplateRow> find_answer_template(Connection&, const AnswerTemplateId&);
/// By title.
[[nodiscard]] std::vector<AnswerTemplateRow> answer_templates_of(Connection&,
                                                                 const std::string& administration);

} // namespace warsha::store
