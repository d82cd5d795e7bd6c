#include "tests/load/history/history.hpp"

#include <algorithm>
#include <istream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace warsha::load {

namespace {

/// One log, line by line.
class Reader {
public:
  Reader(const std::string& name, History& history)
      : name_(name), history_(history), base_(history.clients.size()) {}

  void read(std::istream& log) {
    std::string line;
    while (std::getline(log, line)) {
      if (log.eof())
        return; // without its line feed
      ++number_;
      std::istringstream words(line);
      std::string kind;
      std::size_t client = 0;
      if (!(words >> kind >> client) || !take(kind, client, words))
        history_.violations.push_back(
            {"line " + std::to_string(number_) + " can't be read: " + line.substr(0, 80), name_});
    }
  }

private:
  bool take(const std::string& kind, std::size_t number, std::istringstream& words) {
    if (kind == "client")
      return add_client(number, words);
    if (base_ + number >= history_.clients.size())
      return false;
    const auto client = base_ + number;
    if (kind == "saw")
      return saw(client, words);
    if (kind == "event")
      return text(client, words, true);
    if (kind == "board")
      return text(client, words, false);
    if (kind == "sent")
      return sent(client, words);
    if (kind == "ack")
      return ack(client, words);
    if (kind == "reject")
      return reject(client, words);
    return position(kind, client, words);
  }

  bool add_client(std::size_t number, std::istringstream& words) {
    LoggedClient client;
    std::string who;
    client.name = "client " + std::to_string(number) + " of " + name_;
    words >> client.workshop >> who;
    client.staff = who == "staff";
    const bool next = base_ + number == history_.clients.size();
    history_.clients.push_back(std::move(client));
    return next && !words.fail();
  }

  bool position(const std::string& kind, std::size_t number, std::istringstream& words) {
    auto& client = history_.clients[number];
    std::string word;
    if (kind == "actor")
      return static_cast<bool>(words >> client.actor);
    if (kind == "fresh") {
      client.position.reset();
      return true;
    }
    if (kind == "broken") {
      std::getline(words, word);
      violate(number, "BROKEN: an events message holds others than it says, or in disorder:" + word);
      return true;
    }
    if (kind == "hello") {
      words >> word;
      const auto expected = client.position ? std::to_string(*client.position) : "-";
      if (word != expected)
        violate(number, "it resumes from " + word + " and has " + expected);
      return !words.fail();
    }
    std::uint64_t seq = 0;
    if (!(words >> seq))
      return false;
    if (kind == "snapshot") {
      client.position = seq;
      ++history_.snapshots;
    } else if (kind == "end") {
      if (client.position != seq)
        violate(number, "its view ends at another seq than it says", {}, seq);
      client.end = seq;
    } else {
      return false;
    }
    return true;
  }

  bool saw(std::size_t number, std::istringstream& words) {
    auto& client = history_.clients[number];
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (!(words >> first >> last) || last < first)
      return false;
    history_.deliveries += last - first + 1;
    History::Omission message{first, std::vector<bool>(last - first + 1, true)};
    std::string variant;
    for (std::size_t i = 0; i < message.there.size() && words >> variant; ++i)
      message.there[i] = variant != "-";
    const bool complete = std::ranges::find(message.there, false) == message.there.end();
    const auto& texts = history_.events[client.workshop];
    for (auto seq = first; seq <= last; ++seq)
      if (message.there[seq - first] && !texts.contains(seq))
        violate(number, "it saw an event whose text is not in the log", {}, seq);
    if (!complete)
      history_.omissions[client.workshop].try_emplace(std::move(message), number);
    if (!client.position) {
      violate(number, "it was sent events before it had a position", {}, first);
    } else if (first > *client.position + 1) {
      violate(number,
              "GAP: after event " + std::to_string(*client.position) + " it was sent event " +
                  std::to_string(first),
              {}, first);
    } else if (first <= *client.position) {
      history_.repeated += std::min(last, *client.position) - first + 1;
    }
    client.position = std::max(client.position.value_or(0), last);
    return true;
  }

  bool text(std::size_t number, std::istringstream& words, bool event) {
    std::uint64_t seq = 0;
    std::uint64_t variant = 0;
    LoggedText logged{number, {}};
    words >> seq;
    if (event)
      words >> variant;
    words.get();
    std::getline(words, logged.text);
    if (words.fail())
      return false;
    auto& texts = (event ? history_.events : history_.boards)[history_.clients[number].workshop];
    texts[seq].push_back(std::move(logged));
    return true;
  }

  bool sent(std::size_t number, std::istringstream& words) {
    words.get();
    LoggedCommand command;
    command.client = number;
    std::getline(words, command.message);
    const auto message = nlohmann::json::parse(command.message, nullptr, false);
    if (!message.is_object() || !message.contains("id"))
      return false;
    const auto id = message.at("id").get<std::string>();
    if (!history_.commands.emplace(id, std::move(command)).second)
      violate(number, "it sent a second command with this id", id);
    return true;
  }

  bool ack(std::size_t number, std::istringstream& words) {
    std::string id;
    LoggedAck logged;
    logged.client = number;
    if (!(words >> id >> logged.seq >> logged.receipt))
      return false;
    if (logged.receipt == "-")
      logged.receipt.clear();
    ++history_.acks;
    const auto command = history_.commands.find(id);
    if (command == history_.commands.end())
      violate(number, "it got an ack for what was never sent", id, logged.seq);
    else
      command->second.acks.push_back(std::move(logged));
    return true;
  }

  bool reject(std::size_t number, std::istringstream& words) {
    std::string id;
    std::string code;
    if (!(words >> id >> code))
      return false;
    const auto command = history_.commands.find(id);
    if (command == history_.commands.end())
      violate(number, "it got a rejection of what was never sent", id);
    else
      command->second.rejected = code;
    return true;
  }

  void violate(std::size_t number, std::string what, std::string command = {}, std::uint64_t seq = 0) {
    const auto& client = history_.clients[number];
    history_.violations.push_back({std::move(what), client.name, client.workshop, std::move(command), seq});
  }

  const std::string& name_;
  History& history_;
  std::size_t base_; // its clients' numbers come after those of the logs before
  std::size_t number_ = 0;
};

} // namespace

std::string Violation::line() const {
  std::string out;
  if (!workshop.empty())
    out += "workshop " + workshop + ", ";
  if (!client.empty())
    out += client + ", ";
  if (!command.empty())
    out += "command " + command + ", ";
  if (seq != 0)
    out += "event " + std::to_string(seq) + ", ";
  if (out.empty())
    return what;
  out.replace(out.size() - 2, 2, ": ");
  return out + what;
}

void read_history(std::istream& log, const std::string& name, History& history) {
  Reader(name, history).read(log);
}

} // namespace warsha::load
