// Private to this folder: the groups of routes, one file per noun, and what they share.
#pragma once

#include "server/consultation/body.hpp"
#include "server/consultation/entrance.hpp"
#include "server/consultation/pass_holder.hpp"
#include "server/consultation/services.hpp"
#include "server/net/http.hpp"
#include "server/store/consultations.hpp"
#include "server/store/people.hpp"

#include <exception>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace warsha::store {
class Connection;
struct ReceiptRow;
} // namespace warsha::store
namespace warsha::review {
class Ledger;
struct Docket;
} // namespace warsha::review

namespace warsha::consultation {

inline constexpr int kNoticeVersion = 1; // of the notice on personal data that the join page shows
inline constexpr std::string_view kSessionCookie = "warsha_session";

using WorkshopHandler =
    std::function<void(const net::HttpRequest&, const WorkshopId&, Executor&, net::Respond)>;
/// A route whose one argument is a workshop; 404 not_found when it is no id.
void add_workshop_route(net::Router& router, const char* method, const char* pattern,
                        WorkshopHandler handler);

void add_joining_routes(net::Router& router, Services& services);
void add_session_routes(net::Router& router, Services& services);
void add_workshop_routes(net::Router& router, Services& services);
void add_receipt_routes(net::Router& router, Services& services);
void add_consultation_routes(net::Router& router, Services& services);
void add_room_routes(net::Router& router, Services& services);
void add_speaking_routes(net::Router& router, Services& services);
void add_overview_routes(net::Router& router, Services& services);
void add_suggestion_routes(net::Router& router, Services& services);
void add_seating_routes(net::Router& router, Services& services);
void add_template_routes(net::Router& router, Services& services);
void add_review_routes(net::Router& router, Services& services);
void add_answer_template_routes(net::Router& router, Services& services);
void add_contestation_routes(net::Router& router, Services& services);
void add_told_routes(net::Router& router, Services& services);
void add_advice_audit_routes(net::Router& router, Services& services);
void add_member_routes(net::Router& router, Services& services);
void add_written_routes(net::Router& router, Services& services);
/// Is this the device of who wrote it? A receipt may be shown to others; a pass is not.
[[nodiscard]] bool is_author(const Services& services, const net::HttpRequest& request,
                             const store::ReceiptRow& row);
/// That the author has just been shown the decision on it, if there is one and this is their device.
void note_read_by_author(Services& services, const net::HttpRequest& request, store::Connection& connection,
                         const review::Docket& docket, const store::ReceiptRow& row);
/// Is this the device of who wrote it, and is there a decision that its author may still contest?
[[nodiscard]] bool may_contest(const Services& services, const net::HttpRequest& request,
                               const review::Docket& docket, const store::ReceiptRow& row);

/// Runs `work` with a read connection; it answers, now or later. A failure is logged and answered as
/// `internal`.
void with_store(Services& services, net::Respond respond,
                std::function<void(store::Connection&, const net::Respond&)> work);

/// The same for a query whose result is the answer.
void answer_from_store(Services& services, net::Respond respond,
                       std::function<net::HttpResponse(store::Connection&)> query);

/// Answers after a write: `kept` gives the response when it was committed.
void answer_after_write(Services& services, net::Respond respond,
                        std::function<void(store::Connection&)> task,
                        std::function<net::HttpResponse()> kept);

[[nodiscard]] nlohmann::json describe(const store::ConsultationRow& consultation);

/// An address as accounts keep it: in small letters.
[[nodiscard]] std::string kept_email(std::string typed);
/// The account of the request's session, if it has one that has not expired.
[[nodiscard]] std::optional<store::AccountRow> signed_in(store::Connection& connection,
                                                         const net::HttpRequest& request);

} // namespace warsha::consultation
