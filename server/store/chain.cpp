#include "server/store/chain.hpp"

namespace warsha::store {

Hash chain_start(const WorkshopId& workshop) {
  return sha256(workshop.text());
}

Hash chain_next(const Hash& previous, std::string_view body) {
  return sha256({reinterpret_cast<const char*>(previous.data()), previous.size()}, body);
}

Hash review_start(const ConsultationId& consultation) {
  return sha256(consultation.text());
}

} // namespace warsha::store
