#pragma once

#include "protocol/agenda.hpp"
#include "server/consultation/document.hpp"
#include "server/store/consultations.hpp"

#include <vector>

namespace warsha::store {
class Connection;
}

namespace warsha::consultation {

struct CreatedWorkshop {
  std::string key; // in the file
  WorkshopId id;
  std::string join_code;
};
struct Created {
  ConsultationId consultation;
  std::vector<CreatedWorkshop> workshops;
};

/// Creates a consultation with its workshops, each with a fresh join code and its opening event, from the
/// prepared part of a file. Inside the caller's transaction (store::Writer's).
[[nodiscard]] Created create(store::Connection& connection, const ConsultationFile& file, TimeMs now);

struct Written {
  WorkshopId id;
  std::string title;
  std::string question;
  FormDays days;
};
/// Adds a written consultation to the workshops of a consultation. Inside the caller's transaction.
void add_written(store::Connection& connection, const store::ConsultationRow& consultation,
                 const Written& written, TimeMs now);

/// A join code that no workshop has.
[[nodiscard]] std::string free_join_code(store::Connection& connection);

} // namespace warsha::consultation
