#include "tests/load/history/history_check.hpp"

#include "server/store/journal.hpp"
#include "tests/load/history/board_model.hpp"
#include "tests/load/history/command_check.hpp"
#include "tests/load/history/view_check.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_set>

namespace warsha::load {

using nlohmann::json;

namespace {

/// What concerns one workshop of the history.
struct Part {
  std::vector<std::size_t> clients;
  std::vector<std::string> commands; // ids
};

class WorkshopCheck {
public:
  WorkshopCheck(const History& history, const std::string& workshop, const Part& part, JournalSource& source,
                HistoryReport& report)
      : history_(history), workshop_(workshop), part_(part), source_(source), report_(report) {}

  void run() {
    auto journal = source_.read(workshop_);
    if (!journal)
      return violate({"the server does not know this workshop"});
    journal_ = std::move(*journal);
    report_.events += journal_.rows.size();
    check_chain();
    if (!parse())
      return;
    find_acks_without_event();
    follow();
    check_commands();
    check_views_beyond();
    check_omissions();
    check_ends();
  }

private:
  // --- The journal by itself ------------------------------------------------------------------------

  void check_chain() {
    const auto id = WorkshopId::parse(workshop_);
    if (!id)
      return violate({"its id is no UUIDv7"});
    auto hash = store::chain_start(*id);
    std::uint64_t last = 0;
    for (const auto& row : journal_.rows) {
      if (row.seq != last + 1)
        violate({"CHAIN: after event " + std::to_string(last) + " the journal goes on otherwise",
                 {},
                 {},
                 {},
                 row.seq});
      last = row.seq;
      hash = store::chain_next(hash, row.body);
      if (row.hash != std::string(hash.begin(), hash.end()))
        violate({"CHAIN: its hash does not follow from what came before", {}, {}, {}, row.seq});
      std::copy_n(row.hash.begin(), std::min(row.hash.size(), hash.size()), hash.begin());
    }
    if (journal_.head_seq != last || journal_.head_hash != std::string(hash.begin(), hash.end()))
      violate({"CHAIN: the head is not the last event", {}, {}, {}, journal_.head_seq});
  }

  bool parse() {
    for (const auto& row : journal_.rows) {
      bodies_.push_back(json::parse(row.body, nullptr, false));
      const auto& body = bodies_.back();
      if (!body.is_object()) {
        violate({"the journal's event is no JSON", {}, {}, {}, row.seq});
        return false;
      }
      const auto type = body.value("type", "");
      if (type == "contribution.hidden" || type == "contribution.withdrawn")
        taken_back_.insert(body.value("contribution", ""));
      if (!body.contains("command"))
        continue;
      const auto id = body.at("command").value("id", "");
      if (!events_of_.try_emplace(id, bodies_.size() - 1).second)
        violate({"DOUBLED: the journal has it a second time", {}, {}, id, row.seq});
    }
    try {
      for (const auto& body : bodies_)
        whole_.apply(body);
    } catch (const std::exception& error) {
      violate({std::string("the journal can't be followed: ") + error.what()});
      return false;
    }
    return true;
  }

  // --- Along the journal -----------------------------------------------------------------------------

  void follow() {
    BoardModel board;
    for (const auto& body : bodies_) {
      board.apply(body);
      check_events(body, board);
      check_boards(board);
      check_acks_without_event(board);
    }
  }

  void check_events(const json& body, const BoardModel& board) {
    const auto* texts = find(history_.events, board.seq());
    if (!texts)
      return;
    for (const auto& logged : *texts) {
      ++report_.texts;
      const auto& client = history_.clients[logged.client];
      const auto view = json::parse(logged.text, nullptr, false);
      const auto wrong = view.is_object()
                             ? wrong_event(view, body, {board, whole_, taken_back_, client.staff})
                             : std::optional<std::string>("it is no JSON object");
      if (wrong)
        violate({"DIVERGENT: the event that it was sent: " + *wrong, client.name, {}, {}, board.seq()});
    }
  }

  void check_boards(const BoardModel& board) {
    const auto* texts = find(history_.boards, board.seq());
    if (!texts)
      return;
    for (const auto& logged : *texts) {
      ++report_.boards;
      const auto& client = history_.clients[logged.client];
      const auto snapshot = json::parse(logged.text, nullptr, false);
      const auto wrong = snapshot.is_object() ? wrong_snapshot(snapshot, board, client.staff)
                                              : std::optional<std::string>("it is no JSON object");
      if (wrong)
        violate({"DIVERGENT: the snapshot that it was sent: " + *wrong, client.name, {}, {}, board.seq()});
    }
  }

  [[nodiscard]] const std::vector<LoggedText>* find(const std::map<std::string, History::Texts>& all,
                                                    std::uint64_t seq) const {
    const auto texts = all.find(workshop_);
    if (texts == all.end())
      return nullptr;
    const auto found = texts->second.find(seq);
    return found == texts->second.end() ? nullptr : &found->second;
  }

  /// Texts for which the journal has no event.
  void check_views_beyond() {
    for (const auto* all : {&history_.events, &history_.boards}) {
      const auto texts = all->find(workshop_);
      if (texts == all->end())
        continue;
      for (auto seen = texts->second.upper_bound(journal_.head_seq); seen != texts->second.end(); ++seen)
        for (const auto& logged : seen->second)
          violate({"LOST: it was sent this, and the journal ends at " + std::to_string(journal_.head_seq),
                   history_.clients[logged.client].name,
                   {},
                   {},
                   seen->first});
    }
  }

  /// Only a tally of supporters may be left out, when a later one of the same contribution is in the message.
  void check_omissions() {
    const auto found = history_.omissions.find(workshop_);
    if (found == history_.omissions.end())
      return;
    for (const auto& [message, client] : found->second)
      for (std::size_t i = 0; i < message.there.size(); ++i)
        if (const auto seq = message.first + i;
            !message.there[i] && seq <= journal_.head_seq && !is_superseded(message, i))
          violate({"GAP: it was not told of this event, and nothing in the message replaces it",
                   history_.clients[client].name,
                   {},
                   {},
                   seq});
  }

  [[nodiscard]] bool is_superseded(const History::Omission& message, std::size_t place) const {
    const auto tallied = [&](std::size_t at) -> std::string {
      const auto index = message.first + at - 1; // seq counts from 1
      if (index >= bodies_.size())
        return {};
      const auto type = bodies_[index].value("type", "");
      const bool tally = type == "contribution.supported" || type == "contribution.unsupported";
      return tally ? bodies_[index].value("contribution", "") : std::string{};
    };
    const auto contribution = tallied(place);
    if (contribution.empty())
      return false;
    for (auto later = place + 1; later < message.there.size(); ++later)
      if (message.there[later] && tallied(later) == contribution)
        return true;
    return false;
  }

  // --- Commands ----------------------------------------------------------------------------------------

  void find_acks_without_event() {
    for (const auto& id : part_.commands)
      if (!events_of_.contains(id))
        for (const auto& ack : history_.commands.at(id).acks)
          acks_without_event_.emplace(ack.seq, id);
  }

  /// Such an ack names the latest event at that time; the board was already as the command wanted it.
  void check_acks_without_event(const BoardModel& board) {
    const auto [begin, end] = acks_without_event_.equal_range(board.seq());
    for (auto ack = begin; ack != end; ++ack) {
      const auto& logged = history_.commands.at(ack->second);
      const auto& client = history_.clients[logged.client];
      if (is_as_wanted(json::parse(logged.message), board, client.actor))
        ++report_.without_effect;
      else
        violate({"LOST: it was acknowledged, and is not in the journal",
                 client.name,
                 {},
                 ack->second,
                 ack->first});
    }
    acks_without_event_.erase(begin, end);
  }

  void check_commands() {
    for (const auto& [seq, id] : acks_without_event_) // beyond the journal's end
      violate({"LOST: it was acknowledged, and the journal ends at " + std::to_string(journal_.head_seq),
               history_.clients[history_.commands.at(id).client].name,
               {},
               id,
               seq});
    for (const auto& id : part_.commands) {
      const auto& logged = history_.commands.at(id);
      const auto event = events_of_.find(id);
      const bool in_journal = event != events_of_.end();
      report_.acked += logged.acks.empty() ? 0 : 1;
      report_.unanswered += logged.acks.empty() && logged.rejected.empty() ? 1 : 0;
      const auto& name = history_.clients[logged.client].name;
      if (!logged.rejected.empty() && in_journal)
        violate({"it was rejected (" + logged.rejected + "), and is in the journal",
                 name,
                 {},
                 id,
                 journal_.rows[event->second].seq});
      if (in_journal)
        check_event_of(id, logged, bodies_[event->second]);
    }
    for (const auto& [id, place] : events_of_)
      if (!history_.commands.contains(id))
        violate({"nobody sent the command of this event", {}, {}, id, journal_.rows[place].seq});
  }

  void check_event_of(const std::string& id, const LoggedCommand& logged, const json& body) {
    const auto& client = history_.clients[logged.client];
    const auto seq = body.at("seq").get<std::uint64_t>();
    if (const auto wrong = wrong_effect(json::parse(logged.message), body))
      violate({"its event is not what it asked for: " + *wrong, client.name, {}, id, seq});
    if (body.value("by", "") != client.actor)
      violate({"its event is another's than its author's", client.name, {}, id, seq});
    for (const auto& ack : logged.acks) {
      const auto& told = history_.clients[ack.client].name;
      if (ack.seq != seq)
        violate({"its ack says event " + std::to_string(ack.seq), told, {}, id, seq});
      if (ack.receipt != body.value("receipt", ""))
        violate({"its ack has another receipt than the journal", told, {}, id, seq});
    }
    if (!logged.acks.empty() && !logged.acks.front().receipt.empty())
      check_receipt(logged.acks.front().receipt, id, client.name, seq);
  }

  void check_receipt(const std::string& receipt, const std::string& id, const std::string& client,
                     std::uint64_t seq) {
    ++report_.receipts;
    const auto place = source_.resolve(receipt);
    if (!place)
      violate({"its receipt " + receipt + " leads nowhere", client, {}, id, seq});
    else if (place->contribution != id || place->workshop != workshop_ || place->seq != seq)
      violate({"its receipt " + receipt + " leads to something else", client, {}, id, seq});
  }

  // --- At the end --------------------------------------------------------------------------------------

  /// Whoever was there when everything had settled has everything: all of one run have the same.
  void check_ends() {
    std::map<std::string, std::uint64_t> last_of_run;
    const auto run_of = [](const LoggedClient& client) {
      return client.name.substr(client.name.find(" of ") + 4);
    };
    for (const auto number : part_.clients) {
      const auto& client = history_.clients[number];
      auto& last = last_of_run[run_of(client)];
      last = std::max(last, client.position.value_or(0));
    }
    for (const auto& id : part_.commands) {
      const auto& logged = history_.commands.at(id);
      auto& last = last_of_run[run_of(history_.clients[logged.client])];
      for (const auto& ack : logged.acks)
        last = std::max(last, ack.seq);
    }
    for (const auto number : part_.clients) {
      const auto& client = history_.clients[number];
      if (client.end && *client.end < last_of_run[run_of(client)])
        violate({"MISSING: it was there at the end, and has only up to " + std::to_string(*client.end),
                 client.name,
                 {},
                 {},
                 last_of_run[run_of(client)]});
      if (client.position && *client.position > journal_.head_seq)
        violate({"LOST: its view is beyond the end of the journal", client.name, {}, {}, *client.position});
    }
  }

  void violate(Violation violation) {
    violation.workshop = workshop_;
    report_.violations.push_back(std::move(violation));
  }

  const History& history_;
  const std::string& workshop_;
  const Part& part_;
  JournalSource& source_;
  HistoryReport& report_;
  StoredJournal journal_;
  std::vector<json> bodies_;
  std::unordered_map<std::string, std::size_t> events_of_; // by command: the first, as an index
  std::unordered_set<std::string> taken_back_;
  BoardModel whole_;
  std::multimap<std::uint64_t, std::string> acks_without_event_;
};

} // namespace

HistoryReport check_history(const History& history, JournalSource& source,
                            const std::function<void(const std::string&)>& progress) {
  HistoryReport report;
  report.violations = history.violations;
  std::map<std::string, Part> parts;
  for (std::size_t i = 0; i < history.clients.size(); ++i)
    parts[history.clients[i].workshop].clients.push_back(i);
  for (const auto& [id, command] : history.commands)
    parts[history.clients[command.client].workshop].commands.push_back(id);
  for (auto& [workshop, part] : parts) {
    if (progress)
      progress(workshop);
    ++report.workshops;
    std::ranges::sort(part.commands); // by time, since the ids begin with it
    WorkshopCheck(history, workshop, part, source, report).run();
  }
  return report;
}

} // namespace warsha::load
