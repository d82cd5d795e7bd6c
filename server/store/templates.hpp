#pragma once

#include "protocol/messages.hpp"

#include <string>
#include <vector>

/// Agendas that are used again.
namespace warsha::store {

class Connection;

struct TemplateRow {
  TemplateId id;
  std::string title;
  std::string agenda;   // JSON, as in the command agenda.set
  std::string settings; // JSON, as in the command settings.set
  ActorId created_by;
  TimeMs created_at{};
};
void add_template(Connection&, const TemplateRow&);
/// Whether there was one.
bool remove_template(Connection&, const TemplateId&);
[[nodiscard]] std::vector<TemplateRow> all_templates(Connection&);

} // namespace warsha::store
