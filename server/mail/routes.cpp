#include "server/mail/routes.hpp"

#include "protocol/limits.hpp"
#include "server/access/attempts.hpp"
#include "server/access/secrets.hpp"
#include "server/consultation/pass_holder.hpp"
#include "server/consultation/read_body.hpp"
#include "server/mail/address.hpp"
#include "server/mail/letters.hpp"
#include "server/mail/subscriptions.hpp"
#include "server/net/target.hpp"
#include "server/publication/catalogue.hpp"
#include "server/publication/page_response.hpp"
#include "server/publication/pages.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/journal.hpp"
#include "server/store/readers.hpp"
#include "server/store/review.hpp"
#include "server/store/writer.hpp"

#include <map>
#include <spdlog/spdlog.h>

namespace warsha::mail {

using publication::form_of;
using publication::Notice;
using publication::private_page;
using publication::see_other;
using publication::Texts;
using publication::value_of;
using publication::Visit;

namespace {

constexpr std::int64_t kRetryMs = 2000;

/// The page at `path`, in the language that was asked for.
Visit visit_of(const Services& services, const net::HttpRequest& request, const std::string& asked,
               const std::string& path) {
  return {Texts::of(publication::choose_language(asked, request.header("accept-language"))),
          path,
          {},
          services.links.public_url(),
          static_cast<bool>(services.wake)};
}

/// By the form that was posted, or by the address.
std::string language_asked(const net::HttpRequest& request) {
  const auto posted = request.method == "POST" ? value_of(form_of(request), "language") : std::string();
  return posted.empty() ? value_of(request.query, "language") : posted;
}

/// Says that it can't be done now, or failed, in the shape that the request wants.
using Refuse = std::function<void(int status, Code code)>;

Refuse with_problem(const net::Respond& respond) {
  return [respond](int status, Code code) {
    respond(net::problem(status, {code, {}, {}}, status == 503 ? std::optional(kRetryMs) : std::nullopt));
  };
}

/// Says it on a page, above what may be tried again.
Refuse with_notice(const net::Respond& respond, const Visit& visit,
                   const std::vector<Notice::Choice>& choices) {
  return [respond, visit, choices](int status, Code) {
    respond(private_page(status, notice_page(visit, {"error.title", "follow.wrong.busy", {}, choices})));
  };
}

/// Runs `work` with a read connection, where it answers, now or later.
void with_store(Services& services, const Refuse& refuse, std::function<void(store::Connection&)> work) {
  const auto guarded = [refuse, work = std::move(work)](store::Connection& connection) {
    try {
      work(connection);
    } catch (const std::exception& error) {
      spdlog::error("mail: a request failed: {}", error.what());
      refuse(500, Code::internal);
    }
  };
  if (!services.readers.try_read(limits::kPublicPagesWaiting, guarded))
    refuse(503, Code::busy);
}

void log(const std::exception_ptr& failed) {
  try {
    std::rethrow_exception(failed);
  } catch (const std::exception& error) {
    spdlog::error("mail: a request failed: {}", error.what());
  }
}

// --- Asking to be told ---------------------------------------------------------------------------------

/// Keeps the wish, whatever comes of it, and answers.
void keep(Services& services, Wish wish, std::function<void(bool kept)> answer) {
  services.writer.run(
      [&services, wish = std::move(wish)](store::Connection& writing) {
        ask(writing, wish, services.links, system::now_ms());
      },
      [&services, answer = std::move(answer)](std::exception_ptr failed) {
        if (!failed)
          services.wake();
        else
          log(failed);
        answer(!failed);
      });
}

struct SubscriptionBody {
  std::string address;
  std::string language;

  template <class Self, class Visitor> static void members(Self& self, Visitor& visit) {
    visit("address", self.address, {.line = limits::kMailAddressBytes});
    visit("language", self.language, {.line = 2});
  }
};

/// By the receipt: with the pass of who wrote it, as its author.
void follow_by_receipt(Services& services, const std::shared_ptr<access::Attempts>& attempts,
                       const net::HttpRequest& request, const std::string& typed,
                       const SubscriptionBody& body, const std::string& address,
                       const net::Respond& respond) {
  with_store(
      services, with_problem(respond),
      [&services, attempts, request, typed, body, address, respond](store::Connection& connection) {
        const auto receipt = access::normalise_receipt(typed);
        const auto row = receipt.empty() ? std::nullopt : store::find_receipt(connection, receipt);
        const auto workshop = row ? store::find_workshop(connection, row->workshop) : std::nullopt;
        if (!workshop)
          return respond(net::problem(404, {Code::not_found, "receipt", {}}));
        // Of what is there: nonsense does not use up what others have.
        if (const auto wait = attempts->take(request.remote_address, system::now_ms()))
          return respond(net::problem(429, {Code::too_fast, {}, {}}, *wait));
        const auto holder = consultation::pass_holder(services.passes, request);
        const bool is_author = holder && *holder == row->contribution.author;
        Wish wish{workshop->consultation,
                  store::About::contribution,
                  row->contribution.id.text(),
                  is_author ? store::Relation::author : store::Relation::holder,
                  address,
                  std::string(publication::choose_language(body.language, "")),
                  {}};
        keep(services, std::move(wish), [respond](bool kept) {
          respond(kept ? net::json_response(202, "{}") : net::problem(503, {Code::busy, {}, {}}, kRetryMs));
        });
      });
}

/// What a public page's form is about; none when there is no such page.
std::optional<Wish> wished(Services& services, store::Connection& connection, const net::HttpRequest& request,
                           const std::string& about, const std::string& target) {
  for (const auto& record : services.catalogue.all(connection)) {
    Wish wish;
    wish.consultation = record->consultation;
    wish.target = target;
    if (about == "consultation" && record->consultation.text() == target) {
      wish.about = store::About::consultation;
      wish.title = record->about().at("title").get<std::string>();
      return wish;
    }
    if (const auto* proposal = about == "proposal" ? record->proposal(target) : nullptr) {
      wish.about = store::About::proposal;
      wish.title = proposal->at("title").get<std::string>();
      return wish;
    }
    if (about == "contribution" && record->contribution(target)) {
      wish.about = store::About::contribution;
      const auto found = store::find_contribution(connection, *ContributionId::parse(target));
      const auto holder = consultation::pass_holder(services.passes, request);
      if (found && holder && *holder == found->contribution.author)
        wish.relation = store::Relation::author;
      return wish;
    }
  }
  return std::nullopt;
}

/// By a form of a public page, which needs no script. A browser says where a form was posted from, and
/// another site's is refused like every unsafe request.
void follow_by_form(Services& services, const std::shared_ptr<access::Attempts>& attempts,
                    const net::HttpRequest& request, const net::Respond& respond) {
  const auto fields = form_of(request);
  const auto about = value_of(fields, "about");
  const auto target = value_of(fields, "target");
  const auto typed = value_of(fields, "address").substr(0, limits::kMailAddressBytes);
  const bool known = about == "contribution" || about == "proposal" || about == "consultation";
  const auto page = visit_of(services, request, value_of(fields, "language"), "/" + about + "s/" + target);
  if (!services.wake || !known)
    return respond(private_page(404, publication::missing_page(visit_of(
                                         services, request, value_of(fields, "language"), "/proposals"))));
  const Refuse refuse = [=](int status, Code code) {
    const auto wrong = code == Code::internal ? Code::busy : code; // it was not kept, whyever
    respond(private_page(status, publication::follow_page(page, about, target, typed, wrong)));
  };
  const auto address = clean_address(value_of(fields, "address"));
  if (!address)
    return refuse(422, Code::address_invalid);
  with_store(services, refuse,
             [&services, attempts, request, respond, about, target, refuse, page,
              address = *address](store::Connection& connection) {
               auto wish = wished(services, connection, request, about, target);
               if (!wish)
                 return respond(private_page(404, publication::missing_page(page)));
               if (attempts->take(request.remote_address, system::now_ms()))
                 return refuse(429, Code::too_fast);
               wish->address = address;
               wish->language = page.texts.language();
               keep(services, std::move(*wish),
                    [respond, refuse, language = page.texts.language()](bool kept) {
                      if (kept)
                        respond(see_other("/subscriptions/asked?language=" + language));
                      else
                        refuse(503, Code::busy);
                    });
             });
}

// --- The links in messages -----------------------------------------------------------------------------

publication::FollowedThing describe(store::Connection& connection, Services& services,
                                    const store::SubscriptionRow& row, const Texts& texts) {
  store::Follower follower{row, texts.language()};
  std::string title;
  if (const auto id = ContributionId::parse(row.target); id && row.about == store::About::contribution) {
    if (const auto found = store::find_contribution(connection, *id)) {
      follower.receipt = found->contribution.receipt;
      if (found->contribution.state == "shown" && !found->contribution.veiled)
        follower.text = found->contribution.text;
    }
  } else {
    for (const auto& record : services.catalogue.all(connection)) {
      if (row.about == store::About::consultation && record->consultation == row.consultation)
        title = record->about().at("title").get<std::string>();
      if (const auto* proposal = record->proposal(row.target))
        title = proposal->at("title").get<std::string>();
    }
  }
  const auto one = followed(follower, title, texts, services.links.public_url());
  return {one.what, one.words, one.url};
}

net::HttpResponse gone(const Visit& visit) {
  return private_page(404, notice_page(visit, {"subscription.gone", "subscription.gone.lead"}));
}

Notice::Choice to_confirm(const std::string& path) {
  return {path, "subscription.confirm.go", "this"};
}

void show_confirmation(Services& services, const net::HttpRequest& request, const std::string& token,
                       const net::Respond& respond) {
  const auto path = "/confirm/" + token;
  const auto visit = visit_of(services, request, language_asked(request), path);
  with_store(
      services, with_notice(respond, visit, {}),
      [&services, visit, path, token, respond](store::Connection& connection) {
        const auto id = services.links.confirmed_by(token);
        const auto row = id ? store::find_subscription(connection, *id) : std::nullopt;
        if (!row)
          return respond(gone(visit));
        Notice notice{"subscription.confirmed",
                      "subscription.confirmed.lead",
                      {describe(connection, services, *row, visit.texts)}};
        // Not by looking at it: programs that check mail look at every link.
        if (!row->confirmed_at) {
          notice.heading = "subscription.confirm";
          notice.lead = "subscription.confirm.lead";
          notice.choices = {to_confirm(path)};
          notice.things.front().url.clear(); // it may be a receipt, and whose mailbox this is nobody knows
        }
        respond(private_page(200, notice_page(visit, notice)));
      });
}

void do_confirm(Services& services, const net::HttpRequest& request, const std::string& token,
                const net::Respond& respond) {
  const auto path = "/confirm/" + token;
  const auto visit = visit_of(services, request, language_asked(request), path);
  const auto id = services.links.confirmed_by(token);
  if (!id)
    return respond(gone(visit));
  const auto language = visit.texts.language();
  services.writer.run(
      [id = *id, language](store::Connection& writing) {
        (void)confirm(writing, id, language, system::now_ms());
      },
      [respond, path, language,
       refuse = with_notice(respond, visit, {to_confirm(path)})](const std::exception_ptr& failed) {
        if (!failed)
          return respond(see_other(path + "?language=" + language));
        log(failed);
        refuse(503, Code::busy);
      });
}

std::vector<Notice::Choice> to_stop(const std::string& path, bool these) {
  std::vector<Notice::Choice> choices;
  if (these)
    choices.push_back({path, "subscription.stop.go", "these"});
  choices.push_back({path, "subscription.stop.all", "everything"});
  return choices;
}

/// Nothing is followed by this link any more. Not "stopped": its address may follow the same again by
/// another.
net::HttpResponse nothing_to_stop(const Visit& visit, std::vector<Notice::Choice> choices) {
  return private_page(
      200, notice_page(visit, {"subscription.gone", "subscription.gone.lead", {}, std::move(choices)}));
}

void show_stop(Services& services, const net::HttpRequest& request, const std::string& token,
               const net::Respond& respond) {
  const auto path = "/unsubscribe/" + token;
  const auto visit = visit_of(services, request, language_asked(request), path);
  with_store(services, with_notice(respond, visit, to_stop(path, true)),
             [&services, visit, path, token, respond](store::Connection& connection) {
               const auto id = services.links.stopped_by(token);
               if (!id)
                 return respond(gone(visit));
               if (!store::recipient_of(connection, *id))
                 return respond(nothing_to_stop(visit, {}));
               const auto rows = store::subscriptions_told_by(connection, *id);
               if (rows.empty())
                 return respond(nothing_to_stop(visit, to_stop(path, false)));
               Notice notice{"subscription.stop", "subscription.stop.lead", {}, to_stop(path, true)};
               for (const auto& row : rows)
                 notice.things.push_back(describe(connection, services, row, visit.texts));
               respond(private_page(200, notice_page(visit, notice)));
             });
}

/// The form of that page, or a mail program's one click (RFC 8058, which sends no cookie and follows no
/// redirection).
void do_stop(Services& services, const net::HttpRequest& request, const std::string& token,
             const net::Respond& respond) {
  const auto path = "/unsubscribe/" + token;
  const auto visit = visit_of(services, request, language_asked(request), path);
  const auto id = services.links.stopped_by(token);
  if (!id)
    return respond(gone(visit));
  const auto ended = std::make_shared<std::size_t>(0);
  services.writer.run(
      [id = *id, ended, everything = value_of(form_of(request), "what") == "everything"](
          store::Connection& writing) { *ended = stop(writing, id, everything, system::now_ms()); },
      [respond, visit, ended,
       refuse = with_notice(respond, visit, to_stop(path, true))](const std::exception_ptr& failed) {
        if (failed) {
          log(failed);
          return refuse(503, Code::busy);
        }
        respond(*ended == 0 ? nothing_to_stop(visit, {})
                            : private_page(200, notice_page(visit, {"subscription.stopped",
                                                                    "subscription.stopped.lead"})));
      });
}

using TokenHandler = void (*)(Services&, const net::HttpRequest&, const std::string&, const net::Respond&);
void add_token_route(net::Router& router, Services& services, const char* method, const char* pattern,
                     TokenHandler handler) {
  router.add(method, pattern,
             [&services, handler](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                                  Executor&, const net::Respond& respond) {
               handler(services, request, arguments[0], respond);
             });
}

} // namespace

void add_routes(net::Router& router, Services& services) {
  const auto attempts = std::make_shared<access::Attempts>(
      access::Attempts::Limits{limits::kFollowsPerSource, limits::kFollowsPerSourcePerSecond,
                               limits::kFollows, limits::kFollowsPerSecond});

  router.add("POST", "/subscriptions",
             [&services, attempts](const net::HttpRequest& request, const std::vector<std::string>&,
                                   Executor&, const net::Respond& respond) {
               follow_by_form(services, attempts, request, respond);
             });
  router.add(
      "GET", "/subscriptions/asked",
      [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                  const net::Respond& respond) {
        const auto visit = visit_of(services, request, language_asked(request), "/subscriptions/asked");
        respond(private_page(200, notice_page(visit, {"subscription.asked", "subscription.asked.lead"})));
      });
  router.add("POST", "/api/receipts/{receipt}/subscription",
             [&services, attempts](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                                   Executor&, const net::Respond& respond) {
               if (!services.wake)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               const auto body = consultation::read_body<SubscriptionBody>(request);
               if (const auto* wrong = std::get_if<Rejection>(&body))
                 return respond(net::problem(422, *wrong));
               const auto& wanted = std::get<SubscriptionBody>(body);
               const auto address = clean_address(wanted.address);
               if (!address)
                 return respond(net::problem(422, {Code::address_invalid, "address", {}}));
               follow_by_receipt(services, attempts, request, arguments[0], wanted, *address, respond);
             });
  add_token_route(router, services, "GET", "/confirm/{token}", show_confirmation);
  add_token_route(router, services, "POST", "/confirm/{token}", do_confirm);
  add_token_route(router, services, "GET", "/unsubscribe/{token}", show_stop);
  add_token_route(router, services, "POST", "/unsubscribe/{token}", do_stop);
}

} // namespace warsha::mail
