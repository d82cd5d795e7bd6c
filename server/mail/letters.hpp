#pragma once

#include "server/mail/letter.hpp"
#include "server/mail/news.hpp"
#include "server/mail/reminders.hpp"
#include "server/publication/texts.hpp"

#include <string>
#include <vector>

/// The letters that are sent, in the words of client-web/src/messages/mail.LANGUAGE.json.
namespace warsha::mail {

/// What somebody follows, as a letter and a page name it.
struct Followed {
  std::string what;  // "A contribution", in the reader's language
  std::string words; // that were said, or a title; empty when they may not be read
  std::string url;   // its page here
};
/// `title` names a proposal or a consultation. The receipt stands in the address for who holds it already.
[[nodiscard]] Followed followed(const store::Follower& follower, const std::string& title,
                                const publication::Texts& texts, const std::string& public_url);

/// `parts`: of everything in `told`, in its order.
[[nodiscard]] Letter tell(const News& news, const Told& told, const std::vector<Followed>& parts,
                          const std::string& stop_url, const publication::Texts& texts);

/// Asks whether an address is theirs who wants to follow.
[[nodiscard]] Letter ask_to_confirm(const Followed& wanted, const std::string& confirm_url,
                                    const publication::Texts& texts);

/// What was published of a consultation since its follower was told last.
struct Published {
  std::string title;
  std::optional<review::AnswerKind> answer; // none: it is a commitment
  std::string url;
};
[[nodiscard]] Letter tell_outcome(const std::string& consultation, const std::vector<Published>& published,
                                  const Followed& consultation_page, const std::string& stop_url,
                                  const publication::Texts& texts);

/// In all of these languages, one after another.
[[nodiscard]] Letter remind(const std::vector<Waiting>& waiting, const std::vector<Duty>& duties,
                            const std::string& review_url, const std::vector<std::string>& languages);

} // namespace warsha::mail
