#pragma once

#include "server/mail/links.hpp"
#include "server/mail/smtp.hpp"

#include <filesystem>
#include <memory>

namespace warsha::store {
class Writer;
}
namespace warsha::review {
class Ledger;
}

namespace warsha::mail {

/// The one thread that makes messages of what was decided and hands them to the mail server. A message is
/// sent until the mail server takes it over, refuses it for good, or too long has passed; its last word is
/// kept. Killed between the mail server's word and the disk, the same message (by its Message-ID) is sent
/// again: SMTP knows no better.
class PostOffice {
public:
  /// All of it outlives the office, and `links` knows the public address.
  PostOffice(const std::filesystem::path& database, store::Writer& writer, review::Ledger& ledger,
             const Links& links, SmtpServer server);
  ~PostOffice();
  PostOffice(const PostOffice&) = delete;
  PostOffice& operator=(const PostOffice&) = delete;

  /// There is something new. From any thread, also after the end.
  void wake();
  /// Ends what is under way within about a second; before the writer does.
  void stop();

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace warsha::mail
