#include "server/store/review.hpp"

#include "server/access/secrets.hpp"
#include "server/aggregation/defaults.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/proposal_pairs.hpp"
#include "server/consultation/read_body.hpp"
#include "server/consultation/reviewing.hpp"
#include "server/live/board.hpp"
#include "server/live/boards.hpp"
#include "server/review/behind.hpp"
#include "server/review/commitment_views.hpp"
#include "server/review/dossier.hpp"
#include "server/review/entry_codec.hpp"
#include "server/review/ledger.hpp"
#include "server/review/proposal_suggestions.hpp"
#include "server/review/question_views.hpp"
#include "server/review/routing_advice.hpp"
#include "server/review/scores.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

/// After the meeting: screening, proposals, routing, answers, for those who work on them. What anybody may
/// read is in server/publication.
namespace warsha::consultation {

using nlohmann::json;

namespace {

constexpr std::size_t kSuggestions = 5;

/// The services of this folder that last as long as the routes.
struct Review {
  explicit Review(Services& all) : services(all), ledger(all.ledger) {}

  Services& services;
  review::Ledger& ledger;
  review::RoutingAdvice advice;
};

using ConsultationQuery =
    std::function<net::HttpResponse(store::Connection&, const net::HttpRequest&, const ConsultationId&)>;

void add_consultation_route(net::Router& router, const std::shared_ptr<Review>& review, const char* pattern,
                            ConsultationQuery query) {
  router.add("GET", pattern,
             [review, query = std::move(query)](const net::HttpRequest& request,
                                                const std::vector<std::string>& arguments, Executor&,
                                                net::Respond respond) {
               const auto id = ConsultationId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               answer_from_store(review->services, std::move(respond),
                                 [query, request, id = *id](store::Connection& connection) {
                                   return query(connection, request, id);
                                 });
             });
}

// --- Reading ------------------------------------------------------------------------------------------

net::HttpResponse answer_docket(Review& review, store::Connection& connection,
                                const net::HttpRequest& request, const ConsultationId& id) {
  const auto standing = standing_of(connection, request, id);
  if (!standing)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  if (!standing->may_read())
    return net::problem(403, {Code::not_permitted, {}, {}});
  const auto dossier = review::read_dossier(connection, review.services.boards, id);
  json out;
  review.ledger.look(connection, id, [&](const review::Docket& docket) {
    out = review::view_docket(docket, *dossier,
                              standing->reviewer.committee ? review::Reader::committee
                                                           : review::Reader::organiser,
                              standing->reviewer.id, system::now_ms());
    if (standing->reviewer.organiser)
      out["questions"] = review::view_questions_for_organiser(docket, *dossier);
  });
  return net::json_response(200, out.dump());
}

struct TriedGrid {
  std::vector<review::WeightedCriterion> criteria;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("criteria", self.criteria, {.items_least = 1, .items_most = limits::kGridCriteria});
  }
};

/// Who would be where, before it is published. Nothing is kept.
net::HttpResponse answer_preview(Review& review, store::Connection& connection,
                                 const net::HttpRequest& request, const ConsultationId& id,
                                 const TriedGrid& tried) {
  const auto standing = standing_of(connection, request, id);
  if (!standing)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  if (!standing->reviewer.organiser)
    return net::problem(403, {Code::not_permitted, {}, {}});
  const auto dossier = review::read_dossier(connection, review.services.boards, id);
  json out;
  review.ledger.look(connection, id, [&](const review::Docket& docket) {
    out = review::view_preview(docket, *dossier, tried.criteria);
  });
  return net::json_response(200, out.dump());
}

/// What was said and may still be taken up, as the boards have it: they know which solution answers what.
/// `docket`: an objection to a merge may have been upheld.
std::vector<review::Said> read_said(Review& review, store::Connection& connection, const ConsultationId& id,
                                    const review::Docket& docket) {
  std::vector<review::Said> all;
  for (const auto& workshop : store::workshops_of(connection, id)) {
    const auto board = review.services.boards.read(connection, workshop.id);
    for (const auto& one : board->contributions)
      if (one.state == live::State::shown && !one.veiled &&
          (board->stands_alone(one) || docket.stands_apart(one.id)))
        all.push_back({one.id, one.kind, one.text, one.answers, one.follows_from});
  }
  return all;
}

json view_beside(const std::vector<review::Beside>& all) {
  json out = json::array();
  for (const auto& one : all)
    out.push_back({{"id", one.id.text()}, {"linked", one.linked}, {"likeness", one.likeness}});
  return out;
}

json view_suggestions(const review::Suggestions& suggestions) {
  json proposals = json::array();
  for (const auto& one : suggestions.proposals) {
    json solutions = json::array();
    for (const auto& id : one.solutions)
      solutions.push_back(id.text());
    proposals.push_back({{"solutions", std::move(solutions)},
                         {"likeness", one.likeness},
                         {"beside", view_beside(one.beside)}});
  }
  json joins = json::array();
  for (const auto& one : suggestions.joins)
    joins.push_back({{"proposal", one.proposal.text()}, {"contributions", view_beside(one.contributions)}});
  return {{"proposals", std::move(proposals)}, {"joins", std::move(joins)}};
}

net::HttpResponse answer_suggestions(Review& review, store::Connection& connection,
                                     const net::HttpRequest& request, const ConsultationId& id) {
  const auto standing = standing_of(connection, request, id);
  if (!standing)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  if (!standing->reviewer.organiser)
    return net::problem(403, {Code::not_permitted, {}, {}});
  review::Docket docket; // a copy: others work on it while this is thought about
  review.ledger.look(connection, id, [&](const review::Docket& present) { docket = present; });
  auto said = read_said(review, connection, id, docket);
  for (auto& one : said)
    if (const auto found = docket.contributions.find(one.id);
        found != docket.contributions.end() && found->second.revised)
      one.text = *found->second.revised;
  auto out = view_suggestions(review::suggest_proposals(docket, said));
  out.update(view_pairs(review.ledger, connection, docket));
  return net::json_response(200, out.dump());
}

/// Runs `found` with the proposal wherever it is; false when there is none.
bool with_proposal(Review& review, store::Connection& connection, const ProposalId& id,
                   const std::function<void(const review::Docket&, const review::Proposal&)>& found) {
  for (const auto& consultation : store::all_consultations(connection)) {
    bool here = false;
    review.ledger.look(connection, consultation.id, [&](const review::Docket& docket) {
      if (const auto* proposal = docket.find(id)) {
        here = true;
        found(docket, *proposal);
      }
    });
    if (here)
      return true;
  }
  return false;
}

json reasons_of(const std::vector<aggregation::Reason>& reasons, const std::string& text) {
  json out = json::array();
  for (const auto& reason : reasons) {
    json one{{"strength", reason.strength}};
    if (reason.words)
      one["words"] = text.substr(reason.words->begin, reason.words->end - reason.words->begin);
    else if (!reason.competence.empty())
      one["competence"] = reason.competence;
    else
      one["precedent"] = reason.precedent;
    out.push_back(std::move(one));
  }
  return out;
}

/// Of the workshop in which its first contribution was said: the subject tells much of whose a proposal is.
std::string subject_of(store::Connection& connection, const review::Proposal& proposal) {
  const auto said = proposal.contributions.empty()
                        ? std::nullopt
                        : store::find_contribution(connection, proposal.contributions.front());
  const auto workshop = said ? store::find_workshop(connection, said->workshop) : std::nullopt;
  return workshop ? workshop->title : std::string();
}

/// What the router is asked about a proposal.
struct Asked {
  ConsultationId consultation;
  std::string text;
  std::string subject;
};

std::optional<Asked> asked_about(Review& review, store::Connection& connection, const ProposalId& id) {
  std::optional<Asked> asked;
  with_proposal(review, connection, id, [&](const review::Docket& docket, const review::Proposal& proposal) {
    asked = {docket.consultation, proposal.title + ". " + proposal.text, subject_of(connection, proposal)};
  });
  return asked;
}

/// By all that people decided of other proposals: it is not its own precedent.
aggregation::Routing advise(Review& review, store::Connection& connection, const ProposalId& id,
                            const Asked& asked) {
  std::vector<aggregation::Decision> decisions;
  for (const auto& one : store::all_consultations(connection))
    review.ledger.look(connection, one.id, [&](const review::Docket& docket) {
      for (auto& decision : review::decisions_of(docket))
        if (decision.id != id.text()) {
          decision.title = subject_of(connection, *docket.find(*ProposalId::parse(decision.id)));
          decisions.push_back(std::move(decision));
        }
    });
  const auto where = store::find_consultation(connection, asked.consultation);
  const auto territory = aggregation::shipped_register().territory_called(where->region);
  return review.advice.suggest(decisions, {asked.text, asked.subject, territory, where->city});
}

net::HttpResponse answer_routing(Review& review, store::Connection& connection,
                                 const net::HttpRequest& request, const ProposalId& id) {
  const auto asked = asked_about(review, connection, id);
  if (!asked)
    return net::problem(404, {Code::proposal_not_found, {}, {}});
  const auto standing = standing_of(connection, request, asked->consultation);
  if (!standing)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  if (!standing->reviewer.organiser)
    return net::problem(403, {Code::not_permitted, {}, {}});
  const auto routing = advise(review, connection, id, *asked);
  json suggestions = json::array();
  for (const auto& suggestion : routing.suggestions) {
    if (suggestions.size() == kSuggestions)
      break;
    suggestions.push_back({{"administration", suggestion.administration},
                           {"confidence", suggestion.confidence},
                           {"reasons", reasons_of(suggestion.reasons, asked->text)}});
  }
  return net::json_response(200, json{{"version", routing.version},
                                      {"doubtful", routing.doubtful},
                                      {"suggestions", std::move(suggestions)}}
                                     .dump());
}

/// What is kept with a routing decision. None when it can't be had: advice must not be in the way of
/// deciding.
std::optional<review::action::Advice> advice_to_keep(Review& review, store::Connection& connection,
                                                     const ProposalId& id) try {
  const auto asked = asked_about(review, connection, id);
  if (!asked)
    return std::nullopt;
  const auto routing = advise(review, connection, id, *asked);
  review::action::Advice advice;
  advice.version = routing.version;
  for (const auto& one : routing.suggestions)
    if (advice.first.size() < limits::kAdvised)
      advice.first.push_back({one.administration, std::lround(one.confidence * 1000)});
  return advice;
} catch (const std::exception& error) {
  spdlog::error("proposal {} is routed without advice: {}", id.text(), error.what());
  return std::nullopt;
}

/// What an inbox shows of one consultation, and of all of them.
struct Inbox {
  std::vector<json> proposals; // that one of the reader's administrations holds
  std::vector<json> contributed;
  std::vector<json> commitments;
};

/// Which of the reader's administrations contributes to the proposal; empty: none.
std::string helper_among(const review::Proposal& proposal, const std::set<std::string>& administrations) {
  const auto helper = std::ranges::find_if(proposal.contributing, [&](const auto& one) {
    return administrations.contains(one) && review::is_with(proposal, one);
  });
  return helper == proposal.contributing.end() ? std::string() : *helper;
}

bool concerns(const review::Docket& docket, const std::set<std::string>& administrations) {
  return std::ranges::any_of(docket.commitments,
                             [&](const auto& one) { return administrations.contains(one.second.lead); }) ||
         std::ranges::any_of(docket.proposals, [&](const auto& one) {
           return administrations.contains(review::holder_of(one.second)) ||
                  !helper_among(one.second, administrations).empty();
         });
}

/// A dossier is long, and everybody's questions about the consultation wait while its docket is looked at: it
/// is read before, and only where something is this reader's.
void add_to_inbox(Inbox& inbox, Review& review, store::Connection& connection,
                  const store::ConsultationRow& consultation, const ActorId& me,
                  const std::set<std::string>& administrations) {
  bool is_concerned = false;
  review.ledger.look(connection, consultation.id,
                     [&](const review::Docket& docket) { is_concerned = concerns(docket, administrations); });
  if (!is_concerned)
    return;
  const auto dossier = review::read_dossier(connection, review.services.boards, consultation.id);
  const auto now = system::now_ms();
  review.ledger.look(connection, consultation.id, [&](const review::Docket& docket) {
    for (const auto& [id, commitment] : docket.commitments)
      if (administrations.contains(commitment.lead))
        inbox.commitments.push_back(
            review::view_commitment(docket, *dossier, commitment, review::Reader::administration, now));
    const auto merged = review::merged_in(docket, *dossier);
    for (const auto& [id, proposal] : docket.proposals) {
      const bool leads = administrations.contains(review::holder_of(proposal));
      const auto helper = leads ? std::string() : helper_among(proposal, administrations);
      if (!leads && helper.empty())
        continue;
      // Who contributes reads what everybody reads, and rates.
      auto view =
          review::view_proposal(docket, *dossier, merged, proposal,
                                leads ? review::Reader::administration : review::Reader::everybody, now);
      view["consultation"] = {
          {"id", consultation.id.text()}, {"title", consultation.title}, {"city", consultation.city}};
      if (leads && proposal.proposed && proposal.proposed->by == me)
        view["proposed_answer"]["own"] = true;
      view["rated"] = review::view_own_ratings(proposal, me);
      view["seq"] = proposal.changed_seq;
      view["for"] = leads ? review::holder_of(proposal) : helper;
      (leads ? inbox.proposals : inbox.contributed).push_back(std::move(view));
    }
  });
}

net::HttpResponse answer_inbox(Review& review, store::Connection& connection,
                               const net::HttpRequest& request) {
  const auto account = signed_in(connection, request);
  if (!account)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  std::set<std::string> administrations;
  for (const auto& grant : store::grants_of(connection, account->id))
    if (grant.role == Role::reviewer)
      administrations.insert(grant.scope);
  if (administrations.empty())
    return net::problem(403, {Code::not_permitted, {}, {}});
  json members = json::array(); // to whom a proposal can be assigned
  for (const auto& one : store::all_accounts(connection))
    for (const auto& grant : store::grants_of(connection, one.id))
      if (grant.role == Role::reviewer && administrations.contains(grant.scope))
        members.push_back({{"id", one.id.text()}, {"name", one.name}, {"administration", grant.scope}});
  Inbox inbox;
  for (const auto& consultation : store::all_consultations(connection)) {
    // One that cannot be read does not take the work on the others away.
    try {
      Inbox here;
      add_to_inbox(here, review, connection, consultation, account->id, administrations);
      std::ranges::move(here.proposals, std::back_inserter(inbox.proposals));
      std::ranges::move(here.contributed, std::back_inserter(inbox.contributed));
      std::ranges::move(here.commitments, std::back_inserter(inbox.commitments));
    } catch (const std::exception& error) {
      spdlog::error("inbox without consultation {}: {}", consultation.id.text(), error.what());
    }
  }
  // What is unanswered first: what waits for being accepted, then what is due first. Then the latest answer.
  std::ranges::stable_sort(inbox.proposals, [](const json& a, const json& b) {
    const auto key = [](const json& one) {
      const auto answer = one.find("answer");
      return answer == one.end() ? std::pair(false, one.value("due_at", TimeMs{0}))
                                 : std::pair(true, -answer->at("at").get<TimeMs>());
    };
    return key(a) < key(b);
  });
  return net::json_response(200, json{{"administrations", administrations},
                                      {"proposals", std::move(inbox.proposals)},
                                      {"contributed", std::move(inbox.contributed)},
                                      {"commitments", std::move(inbox.commitments)},
                                      {"members", std::move(members)},
                                      {"me", account->id.text()}}
                                     .dump());
}

json register_of_administrations() {
  json all = json::array();
  for (const auto& one : aggregation::shipped_register().administrations) {
    json entry{{"id", one.id}, {"kind", one.kind}, {"name", json::object()}};
    for (const auto& [language, text] : one.names)
      entry["name"][language] = text;
    if (!one.parent.empty())
      entry["parent"] = one.parent;
    if (!one.territory.empty())
      entry["territory"] = one.territory;
    all.push_back(std::move(entry));
  }
  return {{"administrations", std::move(all)}};
}

// --- Acting -------------------------------------------------------------------------------------------

void act(Review& review, const net::HttpRequest& request, const ConsultationId& id, review::Command command,
         net::Respond respond) {
  with_store(review.services, std::move(respond),
             [&review, request, id, command = std::move(command)](store::Connection& connection,
                                                                  const net::Respond& answer) {
               const auto standing = standing_of(connection, request, id);
               if (!standing)
                 return answer(net::problem(401, {Code::sign_in_required, {}, {}}));
               if (!store::find_consultation(connection, id))
                 return answer(net::problem(404, {Code::not_found, {}, {}}));
               auto decided = command;
               if (auto* route = std::get_if<review::action::Route>(&decided.action))
                 if (standing->reviewer.organiser)
                   route->advice = advice_to_keep(review, connection, route->proposal);
               review.ledger.act(
                   id, std::move(decided), standing->reviewer,
                   [id](store::Connection& writing) { return surroundings(writing, id); },
                   [answer](const review::Ledger::Outcome& outcome) { reply_to(answer, outcome); });
             });
}

struct Revision {
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("text", self.text, {.text = limits::kContributionGraphemes});
  }
};

/// Whoever holds the receipt speaks for the contribution: `said` makes what they do with it.
void speak_for(Review& review, const std::string& typed, const CommandId& id,
               std::function<review::Action(const ContributionId&)> said, net::Respond respond) {
  with_store(
      review.services, std::move(respond),
      [&review, typed, id, said = std::move(said)](store::Connection& connection,
                                                   const net::Respond& answer) {
        const auto receipt = access::normalise_receipt(typed);
        const auto row = receipt.empty() ? std::nullopt : store::find_receipt(connection, receipt);
        const auto workshop = row ? store::find_workshop(connection, row->workshop) : std::nullopt;
        if (!workshop)
          return answer(net::problem(404, {Code::not_found, "receipt", {}}));
        review::Reviewer author;
        author.author = true;
        review.ledger.act(
            workshop->consultation, {id, said(row->contribution.id), std::nullopt}, author,
            [id = workshop->consultation](store::Connection& writing) { return surroundings(writing, id); },
            [answer](const review::Ledger::Outcome& outcome) { reply_to(answer, outcome); });
      });
}

struct AuthorsReplyBody {
  CommandId id; // the same again: the same answer, no second effect
  QuestionId question;
  std::string text;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("id", self.id);
    visit("question", self.question);
    visit("text", self.text, {.text = limits::kReplyGraphemes});
  }
};

} // namespace

void add_review_routes(net::Router& router, Services& services) {
  const auto review = std::make_shared<Review>(services);

  router.add(
      "GET", "/api/administrations",
      [](const net::HttpRequest&, const std::vector<std::string>&, Executor&, const net::Respond& respond) {
        static const std::string kRegister = register_of_administrations().dump();
        respond(net::json_response(200, kRegister));
      });
  add_consultation_route(
      router, review, "/api/consultations/{consultation}/review",
      [review](store::Connection& connection, const net::HttpRequest& request, const ConsultationId& id) {
        return answer_docket(*review, connection, request, id);
      });
  add_consultation_route(
      router, review, "/api/consultations/{consultation}/suggestions",
      [review](store::Connection& connection, const net::HttpRequest& request, const ConsultationId& id) {
        return answer_suggestions(*review, connection, request, id);
      });

  router.add("POST", "/api/consultations/{consultation}/review",
             [review](const net::HttpRequest& request, const std::vector<std::string>& arguments, Executor&,
                      net::Respond respond) {
               const auto id = ConsultationId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               auto command = review::decode_command(request.body);
               if (const auto* wrong = std::get_if<Rejection>(&command))
                 return respond(net::problem(422, *wrong));
               if (std::holds_alternative<review::action::Revise>(std::get<review::Command>(command).action))
                 return respond(net::problem(403, {Code::not_permitted, {}, {}}));
               const auto* route =
                   std::get_if<review::action::Route>(&std::get<review::Command>(command).action);
               if (route && route->advice) // nobody but the router says what it advised
                 return respond(net::problem(422, {Code::invalid_value, "advice", {}}));
               act(*review, request, *id, std::get<review::Command>(std::move(command)), std::move(respond));
             });

  router.add("POST", "/api/consultations/{consultation}/grid/preview",
             [review](const net::HttpRequest& request, const std::vector<std::string>& arguments, Executor&,
                      net::Respond respond) {
               const auto id = ConsultationId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               auto tried = read_body<TriedGrid>(request);
               if (const auto* wrong = std::get_if<Rejection>(&tried))
                 return respond(net::problem(422, *wrong));
               answer_from_store(review->services, std::move(respond),
                                 [review, request, id = *id,
                                  tried = std::get<TriedGrid>(tried)](store::Connection& connection) {
                                   return answer_preview(*review, connection, request, id, tried);
                                 });
             });

  router.add("POST", "/api/receipts/{receipt}/revision",
             [review](const net::HttpRequest& request, const std::vector<std::string>& arguments, Executor&,
                      net::Respond respond) {
               auto revision = read_body<Revision>(request);
               if (const auto* wrong = std::get_if<Rejection>(&revision))
                 return respond(net::problem(422, *wrong));
               speak_for(
                   *review, arguments[0], system::new_id<CommandId>(),
                   [text = std::get<Revision>(revision).text](const ContributionId& id) {
                     return review::action::Revise{id, text};
                   },
                   std::move(respond));
             });

  router.add("POST", "/api/receipts/{receipt}/reply",
             [review](const net::HttpRequest& request, const std::vector<std::string>& arguments, Executor&,
                      net::Respond respond) {
               const auto body = read_body<AuthorsReplyBody>(request);
               if (const auto* wrong = std::get_if<Rejection>(&body))
                 return respond(net::problem(422, *wrong));
               const auto& reply = std::get<AuthorsReplyBody>(body);
               speak_for(
                   *review, arguments[0], reply.id,
                   [reply](const ContributionId& id) {
                     return review::action::ReplyAsAuthor{id, reply.question, reply.text};
                   },
                   std::move(respond));
             });

  router.add(
      "GET", "/api/receipts/{receipt}/fate",
      [review](const net::HttpRequest& request, const std::vector<std::string>& arguments, Executor&,
               net::Respond respond) {
        answer_from_store(
            review->services, std::move(respond),
            [review, request, typed = arguments[0]](store::Connection& connection) {
              const auto receipt = access::normalise_receipt(typed);
              const auto row = receipt.empty() ? std::nullopt : store::find_receipt(connection, receipt);
              const auto workshop = row ? store::find_workshop(connection, row->workshop) : std::nullopt;
              if (!workshop)
                return net::problem(404, {Code::not_found, "receipt", {}});
              json out;
              review->ledger.look(connection, workshop->consultation, [&](const review::Docket& docket) {
                out = review::view_fate(docket, row->contribution, system::now_ms());
                if (auto questions = review::view_questions_to_author(
                        docket, row->contribution, is_author(review->services, request, *row));
                    !questions.empty())
                  out["questions"] = std::move(questions);
                out["contestable"] = may_contest(review->services, request, docket, *row);
                out["mail"] = review->services.mail;
                note_read_by_author(review->services, request, connection, docket, *row);
              });
              return net::json_response(200, out.dump());
            });
      });

  router.add("GET", "/api/inbox",
             [review](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                      net::Respond respond) {
               answer_from_store(review->services, std::move(respond),
                                 [review, request](store::Connection& connection) {
                                   return answer_inbox(*review, connection, request);
                                 });
             });

  router.add("GET", "/api/proposals/{proposal}/routing",
             [review](const net::HttpRequest& request, const std::vector<std::string>& arguments, Executor&,
                      net::Respond respond) {
               const auto id = ProposalId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::proposal_not_found, {}, {}}));
               answer_from_store(review->services, std::move(respond),
                                 [review, request, id = *id](store::Connection& connection) {
                                   return answer_routing(*review, connection, request, id);
                                 });
             });
}

} // namespace warsha::consultation
