#include "protocol/member_writer.hpp"

namespace warsha {

void write_edit(std::string& out, const TextEdit& edit) {
  out += '[';
  for (const auto& part : edit.parts) {
    if (&part != edit.parts.data())
      out += ',';
    if (const auto* keep = std::get_if<TextEdit::Keep>(&part)) {
      json_writer::append(out, keep->code_points);
    } else if (const auto* insert = std::get_if<TextEdit::Insert>(&part)) {
      json_writer::append(out, insert->text);
    } else {
      json_writer::Object object(out);
      object.add("d", std::get<TextEdit::Delete>(part).code_points);
      object.end();
    }
  }
  out += ']';
}

} // namespace warsha
