#include "server/store/answer_templates.hpp"

#include "server/consultation/handlers.hpp"
#include "server/consultation/read_body.hpp"
#include "server/review/actions.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

/// Words that an administration keeps to begin its answers with. Its members read, change and delete them;
/// nobody else knows of them.
namespace warsha::consultation {

using nlohmann::json;

namespace {

struct NewTemplate {
  std::string administration;
  std::string title;
  review::AnswerKind kind{};
  review::Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("administration", self.administration, {.line = limits::kAdministrationIdBytes});
    visit("kind", self.kind);
    visit("title", self.title, {.line = limits::kAnswerTemplateTitleGraphemes});
    visit("words", self.words);
  }
};
struct ChangedTemplate {
  std::int64_t revision{}; // the one that was changed
  std::string title;
  review::AnswerKind kind{};
  review::Words words;

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("kind", self.kind);
    visit("revision", self.revision, {.least = 1});
    visit("title", self.title, {.line = limits::kAnswerTemplateTitleGraphemes});
    visit("words", self.words);
  }
};

json describe(const store::AnswerTemplateRow& row) {
  return {{"id", row.id.text()},
          {"administration", row.administration},
          {"title", row.title},
          {"kind", row.kind},
          {"words", {{"ar", row.ar}, {"fr", row.fr}}},
          {"revision", row.revision},
          {"changed_at", row.changed_at}};
}

/// Somebody who answers for administrations.
struct Member {
  ActorId id;
  std::vector<std::string> administrations;

  [[nodiscard]] bool is_of(const std::string& administration) const {
    return std::find(administrations.begin(), administrations.end(), administration) != administrations.end();
  }
};

using Answered = std::variant<Member, net::HttpResponse>;

Answered member_asking(store::Connection& connection, const net::HttpRequest& request) {
  const auto account = signed_in(connection, request);
  if (!account)
    return net::problem(401, {Code::sign_in_required, {}, {}});
  Member member{account->id, {}};
  for (const auto& grant : store::grants_of(connection, account->id))
    if (grant.role == Role::reviewer)
      member.administrations.push_back(grant.scope);
  if (member.administrations.empty())
    return net::problem(403, {Code::not_permitted, {}, {}});
  return member;
}

/// Decided where it is written: nobody comes between looking and writing.
using Write = std::function<net::HttpResponse(store::Connection&, const Member&)>;

void write(Services& services, const net::HttpRequest& request, net::Respond respond, Write decide) {
  with_store(services, std::move(respond),
             [&services, request, decide = std::move(decide)](store::Connection& connection,
                                                              const net::Respond& answer) {
               auto asking = member_asking(connection, request);
               if (auto* problem = std::get_if<net::HttpResponse>(&asking))
                 return answer(std::move(*problem));
               const auto decided = std::make_shared<net::HttpResponse>();
               answer_after_write(
                   services, answer,
                   [decide, decided, member = std::get<Member>(asking)](store::Connection& writing) {
                     *decided = decide(writing, member);
                   },
                   [decided] { return *decided; });
             });
}

net::HttpResponse add(store::Connection& writing, const Member& member, const NewTemplate& wanted) {
  if (!member.is_of(wanted.administration))
    return net::problem(403, {Code::not_permitted, "administration", {}});
  if (store::answer_templates_of(writing, wanted.administration).size() >= limits::kAnswerTemplates)
    return net::problem(422, {Code::too_many_templates, {}, limits::kAnswerTemplates});
  const store::AnswerTemplateRow row{system::new_id<AnswerTemplateId>(),
                                     wanted.administration,
                                     wanted.title,
                                     name(wanted.kind),
                                     wanted.words.ar,
                                     wanted.words.fr,
                                     1,
                                     member.id,
                                     system::now_ms()};
  store::add_answer_template(writing, row);
  return net::json_response(201, describe(row).dump());
}

net::HttpResponse change(store::Connection& writing, const Member& member, const AnswerTemplateId& id,
                         const ChangedTemplate& wanted) {
  auto row = store::find_answer_template(writing, id);
  if (!row)
    return net::problem(404, {Code::not_found, {}, {}});
  if (!member.is_of(row->administration))
    return net::problem(403, {Code::not_permitted, {}, {}});
  row->title = wanted.title;
  row->kind = name(wanted.kind);
  row->ar = wanted.words.ar;
  row->fr = wanted.words.fr;
  row->revision = wanted.revision + 1;
  row->changed_by = member.id;
  row->changed_at = system::now_ms();
  return store::change_answer_template(writing, *row) ? net::json_response(200, describe(*row).dump())
                                                      : net::problem(409, {Code::changed_meanwhile, {}, {}});
}

net::HttpResponse remove(store::Connection& writing, const Member& member, const AnswerTemplateId& id) {
  if (const auto row = store::find_answer_template(writing, id)) {
    if (!member.is_of(row->administration))
      return net::problem(403, {Code::not_permitted, {}, {}});
    store::remove_answer_template(writing, id, row->administration);
  }
  return {204, {}, nullptr};
}

} // namespace

void add_answer_template_routes(net::Router& router, Services& services) {
  router.add("GET", "/api/answer-templates",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               answer_from_store(services, std::move(respond), [request](store::Connection& connection) {
                 auto asking = member_asking(connection, request);
                 if (auto* problem = std::get_if<net::HttpResponse>(&asking))
                   return std::move(*problem);
                 json templates = json::array();
                 for (const auto& administration : std::get<Member>(asking).administrations)
                   for (const auto& row : store::answer_templates_of(connection, administration))
                     templates.push_back(describe(row));
                 return net::json_response(200, json{{"templates", std::move(templates)}}.dump());
               });
             });

  router.add("POST", "/api/answer-templates",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               auto read = read_body<NewTemplate>(request);
               if (const auto* wrong = std::get_if<Rejection>(&read))
                 return respond(net::problem(422, *wrong));
               write(services, request, std::move(respond),
                     [wanted = std::get<NewTemplate>(std::move(read))](store::Connection& writing,
                                                                       const Member& member) {
                       return add(writing, member, wanted);
                     });
             });

  router.add("PUT", "/api/answer-templates/{template}",
             [&services](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                         Executor&, net::Respond respond) {
               const auto id = AnswerTemplateId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               auto read = read_body<ChangedTemplate>(request);
               if (const auto* wrong = std::get_if<Rejection>(&read))
                 return respond(net::problem(422, *wrong));
               write(services, request, std::move(respond),
                     [id = *id, wanted = std::get<ChangedTemplate>(std::move(read))](
                         store::Connection& writing, const Member& member) {
                       return change(writing, member, id, wanted);
                     });
             });

  router.add("DELETE", "/api/answer-templates/{template}",
             [&services](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                         Executor&, net::Respond respond) {
               const auto id = AnswerTemplateId::parse(arguments[0]);
               if (!id)
                 return respond(net::problem(404, {Code::not_found, {}, {}}));
               write(services, request, std::move(respond),
                     [id = *id](store::Connection& writing, const Member& member) {
                       return remove(writing, member, id);
                     });
             });
}

} // namespace warsha::consultation
