#include "server/publication/write_routes.hpp"

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "server/access/attempts.hpp"
#include "server/access/passes.hpp"
#include "server/consultation/pass_holder.hpp"
#include "server/live/board.hpp"
#include "server/live/directory.hpp"
#include "server/net/target.hpp"
#include "server/publication/page_response.hpp"
#include "server/publication/pages.hpp"
#include "server/publication/writing.hpp"
#include "server/runtime/executor.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/readers.hpp"

#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace warsha::publication {

using nlohmann::json;

namespace {

/// Over all sources and all forms together: each form is bounded by itself.
constexpr double kUnbounded = std::numeric_limits<double>::max();

struct Writing {
  explicit Writing(const WriteServices& with) : services(with) {}

  WriteServices services;
  access::Attempts by_source{{limits::kFormsPerSource, limits::kFormsPerSourcePerSecond, kUnbounded, 0}};
  access::Attempts by_form{{limits::kFormsOfOne, limits::kFormsOfOnePerSecond, kUnbounded, 0}};
};

/// One request for the form, or with it.
struct Turn {
  std::shared_ptr<Writing> writing;
  net::HttpRequest request;
  Visit visit;
  WorkshopId workshop;
  ConsultationId consultation;
  WrittenConsultation about;
  Typed typed;
  net::Respond respond;
};
using SharedTurn = std::shared_ptr<Turn>;

Visit visit_of(const Writing& writing, const net::HttpRequest& request, const WorkshopId& workshop) {
  const auto from = request.method == "POST" ? form_of(request) : request.query;
  return {Texts::of(choose_language(value_of(from, "language"), request.header("accept-language"))),
          "/write/" + workshop.text(),
          {},
          writing.services.public_url,
          false};
}

// --- Who writes ----------------------------------------------------------------------------------

/// The pass that a browser has for this consultation, in its cookie or, until it was given one, in the form:
/// an answer that was lost on its way leaves the same person when the form is sent again.
struct Writer {
  ActorId id;
  std::string pass; // to be kept by the browser; empty: it has it
};

std::optional<ActorId> holder_of(const Turn& turn, std::string_view token) {
  const auto pass = turn.writing->services.passes.verify(token, system::now_ms());
  return pass && pass->consultation == turn.consultation ? std::optional(pass->participant) : std::nullopt;
}

bool has_valid_pass(const Turn& turn) {
  const auto cookie = turn.request.cookie(consultation::kPassCookie);
  return cookie && turn.writing->services.passes.verify(*cookie, system::now_ms());
}

std::optional<ActorId> known_writer(const Turn& turn) {
  const auto cookie = turn.request.cookie(consultation::kPassCookie);
  return cookie ? holder_of(turn, *cookie) : std::nullopt;
}

std::string new_pass(const Turn& turn) {
  return turn.writing->services.passes.issue(
      {system::new_id<ActorId>(), turn.consultation, system::now_ms()});
}

std::optional<Writer> writer_of(const Turn& turn) {
  if (const auto known = known_writer(turn))
    return Writer{*known, {}};
  if (const auto holder = holder_of(turn, turn.typed.pass))
    return Writer{*holder, turn.typed.pass};
  return std::nullopt;
}

// --- The page ------------------------------------------------------------------------------------

/// What a form carries beside its words, where it does not carry it yet.
void prepare(Turn& turn) {
  auto& typed = turn.typed;
  if (!CommandId::parse(typed.problem_id))
    typed.problem_id = system::new_id<CommandId>().text();
  if (!CommandId::parse(typed.solution_id) || typed.solution_id == typed.problem_id)
    typed.solution_id = system::new_id<CommandId>().text();
  if (known_writer(turn))
    typed.pass.clear();
  else if (!holder_of(turn, typed.pass))
    typed.pass = new_pass(turn);
}

void show(const SharedTurn& turn, int status, const std::optional<Refused>& refused = std::nullopt) {
  prepare(*turn);
  turn->respond(
      scripted_page(status, write_page(turn->visit, turn->about, turn->typed, refused, system::now_ms())));
}

int status_of(Code code) {
  return code == Code::too_fast ? 429 : code == Code::busy ? 503 : 422;
}

/// It comes back with all that was typed.
void refuse(const SharedTurn& turn, const Refused& refused) {
  show(turn, status_of(refused.code), refused);
}

/// In words that the page has: of what its reader can do something about.
Code told(Code code) {
  switch (code) {
  case Code::text_empty:
  case Code::text_too_long:
  case Code::text_forbidden_character:
  case Code::result_required:
  case Code::wrong_reference:
  case Code::too_many_contributions:
  case Code::writing_paused:
  case Code::form_not_open:
  case Code::id_reused:
  case Code::too_fast:
    return code;
  case Code::workshop_closed:
    return Code::form_not_open;
  default:
    return Code::busy;
  }
}

// --- Sending it in -------------------------------------------------------------------------------

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

/// As text; none when a browser sent what is no UTF-8.
std::optional<std::string> text_of(const json& message) {
  try {
    return message.dump();
  } catch (const json::type_error&) {
    return std::nullopt;
  }
}

/// The command that the live socket would carry, read by the same reader.
std::variant<Command, Refused> command_of(const json& message,
                                          const std::map<std::string, std::string>& field_of) {
  const auto text = text_of(message);
  if (!text)
    return Refused{{}, Code::text_forbidden_character};
  const auto decoded = decode(*text);
  if (const auto* wrong = std::get_if<DecodeError>(&decoded)) {
    const auto field = field_of.find(wrong->rejection.field);
    return Refused{field == field_of.end() ? std::string() : field->second, told(wrong->rejection.code)};
  }
  return std::get<Command>(std::get<ClientMessage>(decoded));
}

json contribute(const std::string& id, Kind kind, const std::string& text) {
  return {{"type", "command"},
          {"id", id},
          {"action", "contribute"},
          {"kind", name(kind)},
          {"channel", name(Channel::form)},
          {"text", text}};
}

/// What is to be sent in, in this order.
using Commands = std::vector<Command>;

std::variant<Commands, Refused> commands_of(const Turn& turn) {
  const auto& typed = turn.typed;
  const bool problem = !is_blank(typed.problem);
  const bool solution = !is_blank(typed.solution);
  const bool result = !is_blank(typed.result);
  if (!problem && !solution && !result)
    return Refused{"problem", Code::text_empty};
  if (result && !solution)
    return Refused{"solution", Code::wrong_reference};
  if (!CommandId::parse(typed.problem_id) || !CommandId::parse(typed.solution_id))
    return Refused{{}, Code::id_reused}; // the page that comes back has ids of ours
  Commands commands;
  if (problem) {
    auto command =
        command_of(contribute(typed.problem_id, Kind::problem, typed.problem), {{"text", "problem"}});
    if (const auto* wrong = std::get_if<Refused>(&command))
      return *wrong;
    commands.push_back(std::move(std::get<Command>(command)));
  }
  if (solution) {
    auto message = contribute(typed.solution_id, Kind::solution, typed.solution);
    if (problem)
      message["answers"] = {typed.problem_id};
    if (result)
      message["result"] = typed.result;
    auto command = command_of(message, {{"text", "solution"}, {"result", "result"}});
    if (const auto* wrong = std::get_if<Refused>(&command))
      return *wrong;
    commands.push_back(std::move(std::get<Command>(command)));
    if (!result && turn.about.results_required)
      return Refused{"result", Code::result_required};
  }
  return commands;
}

void add_kept(std::vector<Kept>& kept, const Command& command, const live::Ack& ack) {
  const auto& said = std::get<action::Contribute>(command.action);
  kept.push_back({said.kind, said.text, ack.receipt});
  if (said.result)
    kept.push_back({Kind::result, *said.result, ack.result ? ack.result->receipt : std::string()});
}

/// Of a form that was sent before with other words: the next time it is another one.
void renew(Turn& turn) {
  turn.typed.problem_id.clear();
  turn.typed.solution_id.clear();
}

void answer(const SharedTurn& turn, const Writer& writer, const std::vector<Kept>& kept) {
  auto response = scripted_page(200, kept_page(turn->visit, turn->about, kept));
  // A pass of another consultation stays: its holder may be in a room there.
  if (!writer.pass.empty() && !has_valid_pass(*turn))
    response.headers.emplace_back(
        "Set-Cookie", consultation::pass_cookie(writer.pass, turn->writing->services.secure_cookies));
  turn->respond(std::move(response));
}

/// On a thread of the public pages: a page is no work for a workshop's home.
void aside(const SharedTurn& turn, std::function<void()> work) {
  turn->writing->services.readers.read([turn, work = std::move(work)](store::Connection&) {
    try {
      work();
    } catch (const std::exception& error) {
      spdlog::error("a written consultation's page failed: {}", error.what());
      turn->respond(net::problem(500, {Code::internal, {}, {}}));
    }
  });
}

/// Sends in the commands from this one on; each waits until the one before it is on disk.
void send(const SharedTurn& turn, const Writer& writer, const std::shared_ptr<const Commands>& commands,
          std::size_t next, std::vector<Kept> kept) {
  if (next == commands->size())
    return answer(turn, writer, kept);
  const auto& command = (*commands)[next];
  turn->writing->services.directory.submit(
      turn->workshop, command, {Role::participant, writer.id},
      [turn, writer, commands, next, kept = std::move(kept)](const std::optional<live::Outcome>& outcome) {
        aside(turn, [turn, writer, commands, next, kept, outcome]() mutable {
          const auto* wrong = outcome ? std::get_if<Rejection>(&*outcome) : nullptr;
          if (!outcome || wrong) {
            const auto code = wrong ? told(wrong->code) : Code::busy;
            if (code == Code::id_reused)
              renew(*turn);
            return refuse(turn, {{}, code});
          }
          add_kept(kept, (*commands)[next], std::get<live::Ack>(*outcome));
          send(turn, writer, commands, next + 1, std::move(kept));
        });
      });
}

/// Of forms that could be taken: nonsense uses up nobody's.
bool is_too_fast(Writing& writing, const Turn& turn) {
  const auto now = system::now_ms();
  if (writing.by_source.take(turn.request.remote_address, now))
    return true;
  if (!writing.by_form.take(turn.workshop.text(), now))
    return false;
  writing.by_source.give_back(turn.request.remote_address);
  return true;
}

void take(const SharedTurn& turn) {
  const auto commands = commands_of(*turn);
  if (const auto* wrong = std::get_if<Refused>(&commands))
    return refuse(turn, *wrong);
  const auto writer = writer_of(*turn);
  if (!writer) // what was in it is too old, or of another server: the page that comes back has a new one
    return refuse(turn, {{}, Code::busy});
  if (is_too_fast(*turn->writing, *turn))
    return refuse(turn, {{}, Code::too_fast});
  send(turn, *writer, std::make_shared<const Commands>(std::get<Commands>(commands)), 0, {});
}

// --- Finding it ----------------------------------------------------------------------------------

/// None: it is a workshop with a room.
std::optional<WrittenConsultation> look_at(const live::Board& board) {
  if (!board.form)
    return std::nullopt;
  WrittenConsultation about;
  about.title = board.title;
  if (const auto found = board.agenda.find(Phase::introduction); found != board.agenda.end()) {
    about.question = found->second.question.value_or("");
    about.guidance = found->second.guidance.value_or("");
  }
  about.days = *board.form;
  about.ended = board.phase == Phase::closed;
  about.results_required = board.settings.results_required;
  return about;
}

void missing(const Turn& turn) {
  turn.respond(private_page(404, missing_page(turn.visit)));
}

void find(store::Connection& connection, const SharedTurn& turn,
          std::function<void(const SharedTurn&)> then) {
  // Asked of its journal's first event: a stranger's visit wakes no workshop that has a room.
  if (!live::is_written(connection, turn->workshop))
    return missing(*turn);
  const auto workshop = store::find_workshop(connection, turn->workshop);
  const auto consultation =
      workshop ? store::find_consultation(connection, workshop->consultation) : std::nullopt;
  if (!consultation)
    return missing(*turn);
  turn->consultation = consultation->id;
  turn->writing->services.directory.inspect(
      turn->workshop, [](const live::Inspection& found) { return look_at(found.board); },
      [turn, then = std::move(then),
       title = consultation->title](const std::optional<std::optional<WrittenConsultation>>& found) {
        aside(turn, [turn, then, title, found] {
          if (!found)
            return turn->respond(net::problem(503, {Code::busy, {}, {}}, 2000));
          if (!*found)
            return missing(*turn);
          turn->about = **found;
          turn->about.consultation = title;
          turn->about.consultation_url = "/consultations/" + turn->consultation.text();
          then(turn);
        });
      });
}

void add(net::Router& router, const std::shared_ptr<Writing>& writing, const char* method,
         void (*then)(const SharedTurn&)) {
  router.add(
      method, "/write/{workshop}",
      [writing, then](const net::HttpRequest& request, const std::vector<std::string>& arguments, Executor&,
                      const net::Respond& respond) {
        const auto workshop = WorkshopId::parse(arguments[0]);
        if (!workshop)
          return respond(private_page(404, missing_page(visit_of(*writing, request, {}))));
        const auto typed = request.method == "POST" ? Typed::of(form_of(request)) : Typed{};
        const auto turn = std::make_shared<Turn>(Turn{
            writing, request, visit_of(*writing, request, *workshop), *workshop, {}, {}, typed, respond});
        const auto work = [turn, then](store::Connection& connection) {
          try {
            find(connection, turn, then);
          } catch (const std::exception& error) {
            spdlog::error("a written consultation's page failed: {}", error.what());
            turn->respond(net::problem(500, {Code::internal, {}, {}}));
          }
        };
        if (!writing->services.readers.try_read(limits::kPublicPagesWaiting, work))
          respond(net::problem(503, {Code::busy, {}, {}}, 2000));
      });
}

} // namespace

void add_write_routes(net::Router& router, WriteServices services) {
  const auto writing = std::make_shared<Writing>(services);
  add(router, writing, "GET", [](const SharedTurn& turn) { show(turn, 200); });
  add(router, writing, "POST", take);
  router.add(
      "GET", write_script_path(),
      [](const net::HttpRequest&, const std::vector<std::string>&, Executor&, const net::Respond& respond) {
        respond({200,
                 {{"Content-Type", "text/javascript; charset=utf-8"},
                  {"X-Content-Type-Options", "nosniff"},
                  {"Cache-Control", "public, max-age=31536000, immutable"}},
                 std::make_shared<const std::string>(write_script())});
      });
}

} // namespace warsha::publication
