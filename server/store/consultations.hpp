#pragma once

#include "protocol/messages.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace warsha::store {

class Connection;

struct ConsultationRow {
  ConsultationId id;
  std::string title, language, region, city, venue, date;
  std::vector<std::string> organisers;
  TimeMs created_at{};
};
struct WorkshopRow {
  WorkshopId id;
  ConsultationId consultation;
  int position{};
  std::string title, join_code, epoch;
  TimeMs created_at{};
};

void add_consultation(Connection& connection, const ConsultationRow& consultation);
/// With head 0 and the chain's start; throws StoreError when the join code is taken.
void add_workshop(Connection& connection, const WorkshopRow& workshop);
[[nodiscard]] std::optional<ConsultationRow> find_consultation(Connection&, const ConsultationId&);
[[nodiscard]] std::vector<ConsultationRow> all_consultations(Connection&);
[[nodiscard]] std::optional<WorkshopRow> find_workshop(Connection&, const WorkshopId&);
[[nodiscard]] std::optional<WorkshopRow> find_workshop_by_code(Connection&, std::string_view join_code);
[[nodiscard]] std::vector<WorkshopRow> workshops_of(Connection&, const ConsultationId&);
[[nodiscard]] std::vector<WorkshopRow> all_workshops(Connection&);

} // namespace warsha::store
