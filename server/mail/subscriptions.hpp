#pragma once

#include "server/mail/links.hpp"
#include "server/store/mail.hpp"

#include <optional>
#include <string>

namespace warsha::store {
class Connection;
}

/// Following by mail, with a confirmation from the address itself. All of it runs in the writer's task.
namespace warsha::mail {

/// What somebody asks for.
struct Wish {
  ConsultationId consultation;
  store::About about{};
  std::string target; // an id of something that is public, or whose receipt they hold
  store::Relation relation{};
  std::string address; // clean
  std::string language;
  std::string title; // of a proposal or a consultation
};
/// Queues the confirmation, unless the address follows it already or was asked too often: whoever asks can't
/// tell which.
void ask(store::Connection& writing, const Wish& wish, const Links& links, TimeMs now);

/// From now on it is told, in this language; empty: in that of before. The same again changes nothing; none
/// when it is not there (any more).
[[nodiscard]] std::optional<store::SubscriptionRow>
confirm(store::Connection& writing, const SubscriptionId& id, const std::string& language, TimeMs now);

/// Ends what a message was sent for, also when it was asked for anew since, or everything that its recipient
/// follows. How many were ended. The message counts as received.
std::size_t stop(store::Connection& writing, const MailId& message, bool everything, TimeMs now);

} // namespace warsha::mail
