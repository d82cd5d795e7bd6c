#include "server/review/dossier.hpp"

#include "server/store/connection.hpp"
#include "server/store/people.hpp"

namespace warsha::review {

std::optional<Dossier> read_dossier(store::Connection& connection, const ConsultationId& id) {
  auto consultation = store::find_consultation(connection, id);
  if (!consultation)
    return std::nullopt;
  Dossier dossier{std::move(*consultation),
                  store::workshops_of(connection, id),
                  {},
                  {},
                  {},
                  store::count_granted(connection, {Role::committee, id.text()})};
  for (const auto& workshop : dossier.workshops) {
    dossier.contributions[workshop.id] = store::read_contributions(connection, workshop.id);
    dossier.people[workshop.id] = store::attending(connection, workshop.id).size();
  }
  for (const auto& account : store::all_accounts(connection))
    dossier.names_of_staff.emplace(account.id, account.name);
  return dossier;
}

} // namespace warsha::review
