#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "server/access/attempts.hpp"
#include "server/access/passes.hpp"
#include "server/access/secrets.hpp"
#include "server/consultation/handlers.hpp"
#include "server/live/directory.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"

#include <nlohmann/json.hpp>

namespace warsha::consultation {

using nlohmann::json;

namespace {

struct Found {
  store::WorkshopRow workshop;
  store::ConsultationRow consultation;
};

/// A workshop by the code somebody typed, or the problem; wrong codes cost the address a guess.
std::variant<Found, net::HttpResponse> find_by_code(store::Connection& connection, access::Attempts& attempts,
                                                    const std::string& address, std::string_view typed) {
  if (const auto wait = attempts.take(address, system::now_ms()))
    return net::problem(429, {Code::join_too_many_attempts, "code", {}}, *wait);
  const auto code = access::normalise_join_code(typed);
  const auto workshop = code.empty() ? std::nullopt : store::find_workshop_by_code(connection, code);
  const bool has_room = workshop && !live::is_written(connection, workshop->id);
  const auto consultation =
      has_room ? store::find_consultation(connection, workshop->consultation) : std::nullopt;
  if (!consultation)
    return net::problem(404, {Code::join_code_unknown, "code", {}});
  attempts.give_back(address);
  return Found{*workshop, *consultation};
}

struct JoinRequest {
  std::string code;
  std::optional<std::string> display_name;
  std::string language;
  // Of their own accord.
  std::optional<Gender> gender;
  std::optional<Age> age;
  std::optional<Organisation> organisation;
};

/// A word of a list, when it is given.
template <Worded Word>
std::optional<Rejection> read_word(const Body& members, const char* field, std::optional<Word>& into) {
  if (!members.has(field))
    return std::nullopt;
  const auto value = members.text(field, 64);
  if (const auto* wrong = std::get_if<Rejection>(&value))
    return *wrong;
  into = parse<Word>(std::get<std::string>(value));
  return into ? std::nullopt : std::optional(Rejection{Code::invalid_value, field, {}});
}

template <Worded Word> std::optional<std::string> word_of(const std::optional<Word>& word) {
  return word ? std::optional<std::string>(name(*word)) : std::nullopt;
}

std::variant<JoinRequest, Rejection> read_join(const net::HttpRequest& request) {
  auto body = Body::read(
      request, {"code", "display_name", "language", "notice_version", "gender", "age", "organisation"});
  if (auto* wrong = std::get_if<Rejection>(&body))
    return *wrong;
  const auto& members = std::get<Body>(body);
  JoinRequest join;
  for (const auto& [field, target] : {std::pair{"code", &join.code}, std::pair{"language", &join.language}}) {
    auto value = members.text(field, 64);
    if (auto* wrong = std::get_if<Rejection>(&value))
      return *wrong;
    *target = std::get<std::string>(value);
  }
  if (join.language != "ar" && join.language != "fr" && join.language != "en")
    return Rejection{Code::invalid_value, "language", {}};
  if (members.has("display_name")) {
    auto typed = members.text("display_name", 1024);
    if (auto* wrong = std::get_if<Rejection>(&typed))
      return *wrong;
    auto name = clean_line(std::get<std::string>(typed), limits::kDisplayNameGraphemes);
    if (const auto* code = std::get_if<Code>(&name))
      return Rejection{*code, "display_name",
                       *code == Code::text_too_long
                           ? std::optional<std::int64_t>(limits::kDisplayNameGraphemes)
                           : std::nullopt};
    join.display_name = std::get<std::string>(name);
  }
  for (const auto& wrong : {read_word(members, "gender", join.gender), read_word(members, "age", join.age),
                            read_word(members, "organisation", join.organisation)})
    if (wrong)
      return *wrong;
  if (members.integer("notice_version") != kNoticeVersion)
    return Rejection{Code::notice_not_accepted, "notice_version", {}};
  return join;
}

/// The person of a valid pass for this consultation, or a new one: the same browser stays the same person.
store::ParticipantRow person_of(const net::HttpRequest& request, const Services& services, const Found& found,
                                const JoinRequest& join) {
  const auto now = system::now_ms();
  const auto cookie = request.cookie(kPassCookie);
  const auto pass = cookie ? services.passes.verify(*cookie, now) : std::nullopt;
  const bool known = pass && pass->consultation == found.consultation.id;
  return {known ? pass->participant : system::new_id<ActorId>(),
          found.consultation.id,
          join.display_name,
          join.language,
          kNoticeVersion,
          now,
          word_of(join.gender),
          word_of(join.age),
          word_of(join.organisation)};
}

void join(Services& services, const net::HttpRequest& request, const Found& found, const JoinRequest& wanted,
          net::Respond respond) {
  const auto person = person_of(request, services, found, wanted);
  const auto keep = [person, workshop = found.workshop.id](store::Connection& connection) {
    store::put_participant(connection, person);
    store::put_attendance(connection, workshop, person.id, person.created_at);
  };
  answer_after_write(services, std::move(respond), keep, [&services, person, workshop = found.workshop] {
    json body{{"workshop", {{"id", workshop.id.text()}, {"title", workshop.title}}},
              {"participant", {{"id", person.id.text()}}}};
    if (person.display_name)
      body["participant"]["name"] = *person.display_name;
    auto response = net::json_response(201, body.dump());
    const auto pass = services.passes.issue({person.id, person.consultation, person.created_at});
    response.headers.emplace_back("Set-Cookie", pass_cookie(pass, services.secure_cookies));
    return response;
  });
}

/// GET /api/me: who this browser is, as participant and as staff.
json describe_me(store::Connection& connection, const Services& services, const net::HttpRequest& request) {
  json me = json::object();
  const auto cookie = request.cookie(kPassCookie);
  const auto pass = cookie ? services.passes.verify(*cookie, system::now_ms()) : std::nullopt;
  const auto person = pass ? store::find_participant(connection, pass->participant) : std::nullopt;
  if (person) {
    json workshops = json::array();
    for (const auto& id : store::workshops_attended(connection, person->id))
      if (const auto workshop = store::find_workshop(connection, id))
        workshops.push_back(
            {{"id", id.text()}, {"title", workshop->title}, {"join_code", workshop->join_code}});
    me["participant"] = {{"id", person->id.text()}, {"language", person->language}, {"workshops", workshops}};
    if (person->display_name)
      me["participant"]["name"] = *person->display_name;
  }
  if (const auto account = signed_in(connection, request)) {
    json roles = json::array();
    for (const auto& grant : store::grants_of(connection, account->id))
      roles.push_back({{"role", name(grant.role)}, {"scope", grant.scope}});
    me["staff"] = {{"name", account->name}, {"email", account->email}, {"roles", roles}};
  }
  return me;
}

} // namespace

void add_joining_routes(net::Router& router, Services& services) {
  const auto attempts = std::make_shared<access::Attempts>(
      access::Attempts::Limits{limits::kJoinFailuresPerAddress, limits::kJoinFailuresPerAddressPerSecond,
                               limits::kJoinFailures, limits::kJoinFailuresPerSecond});

  router.add("GET", "/api/join/{code}",
             [&services, attempts](const net::HttpRequest& request, const std::vector<std::string>& arguments,
                                   Executor&, net::Respond respond) {
               answer_from_store(services, std::move(respond),
                                 [attempts, address = request.remote_address,
                                  code = arguments[0]](store::Connection& connection) {
                                   auto found = find_by_code(connection, *attempts, address, code);
                                   if (auto* problem = std::get_if<net::HttpResponse>(&found))
                                     return std::move(*problem);
                                   const auto& [workshop, consultation] = std::get<Found>(found);
                                   return net::json_response(200,
                                                             json{{"workshop",
                                                                   {{"id", workshop.id.text()},
                                                                    {"title", workshop.title},
                                                                    {"language", consultation.language}}},
                                                                  {"consultation", describe(consultation)},
                                                                  {"notice_version", kNoticeVersion}}
                                                                 .dump());
                                 });
             });

  router.add("POST", "/api/join",
             [&services, attempts](const net::HttpRequest& request, const std::vector<std::string>&,
                                   Executor&, net::Respond respond) {
               auto read = read_join(request);
               if (const auto* wrong = std::get_if<Rejection>(&read))
                 return respond(net::problem(422, *wrong));
               with_store(services, std::move(respond),
                          [&services, attempts, request, wanted = std::get<JoinRequest>(read)](
                              store::Connection& connection, const net::Respond& answer) {
                            auto found =
                                find_by_code(connection, *attempts, request.remote_address, wanted.code);
                            if (auto* problem = std::get_if<net::HttpResponse>(&found))
                              return answer(std::move(*problem));
                            join(services, request, std::get<Found>(found), wanted, answer);
                          });
             });

  router.add("GET", "/api/me",
             [&services](const net::HttpRequest& request, const std::vector<std::string>&, Executor&,
                         net::Respond respond) {
               answer_from_store(
                   services, std::move(respond), [&services, request](store::Connection& connection) {
                     return net::json_response(200, describe_me(connection, services, request).dump());
                   });
             });
}

} // namespace warsha::consultation
