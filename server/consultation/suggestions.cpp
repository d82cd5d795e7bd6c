#include "server/aggregation/defaults.hpp"
#include "server/aggregation/groups.hpp"
#include "server/aggregation/headings.hpp"
#include "server/aggregation/similarity.hpp"
#include "server/consultation/handlers.hpp"
#include "server/consultation/read_body.hpp"
#include "server/live/board.hpp"
#include "server/runtime/executor.hpp"
#include "server/store/readers.hpp"

#include <mutex>
#include <nlohmann/json.hpp>

/// What says nearly the same in a workshop: for who is about to say it again, and for who groups. People
/// decide.
namespace warsha::consultation {

using nlohmann::json;

namespace {

constexpr std::size_t kTwins = 3;
constexpr std::size_t kHeadings = 12;

struct TwinsWanted {
  std::string text;
  Kind kind{};

  template <class Self, class Visit> static void members(Self& self, Visit& visit) {
    visit("kind", self.kind);
    visit("text", self.text, {.text = limits::kContributionGraphemes});
  }
};

/// A contribution as the index should have it: none of what the room may not read.
struct Text {
  ContributionId id;
  std::optional<std::string> text;
};

bool may_be_offered(const live::Board& board, const live::Contribution& contribution) {
  return contribution.state == live::State::shown && !contribution.veiled && board.stands_alone(contribution);
}

/// By itself, or by what became of the contribution that it was merged into.
bool changed_after(const live::Board& board, const live::Contribution& contribution, Seq since) {
  return contribution.changed_seq > since ||
         (contribution.merged_into && board.find(*contribution.merged_into)->changed_seq > since);
}

/// The texts of one kind that changed after `since`.
std::vector<Text> changed_texts(const live::Board& board, Kind kind, Seq since) {
  std::vector<Text> texts;
  for (const auto& contribution : board.contributions)
    if (contribution.kind == kind && changed_after(board, contribution, since))
      texts.push_back({contribution.id, may_be_offered(board, contribution) ? std::optional(contribution.text)
                                                                            : std::nullopt});
  return texts;
}

/// The index of one kind of contributions of one workshop, brought up to date before it is asked.
class WorkshopIndex {
public:
  [[nodiscard]] Seq seq() {
    const std::lock_guard lock(mutex_);
    return seq_;
  }
  std::vector<aggregation::Twin> twins(const std::vector<Text>& changed, Seq seq, const std::string& text) {
    const std::lock_guard lock(mutex_);
    for (const auto& one : changed)
      if (one.text)
        index_.add(one.id.text(), *one.text);
      else
        index_.remove(one.id.text());
    seq_ = std::max(seq_, seq);
    return index_.twins(text, aggregation::shipped_parameters().similarity.related, kTwins);
  }

private:
  std::mutex mutex_;
  aggregation::TextIndex index_{aggregation::shipped_lexicon(), aggregation::shipped_parameters()};
  Seq seq_ = 0;
};

/// One for each workshop and kind that was asked for; those asked for least recently are let go.
class Indices {
public:
  std::shared_ptr<WorkshopIndex> of(const WorkshopId& workshop, Kind kind) {
    const std::lock_guard lock(mutex_);
    if (indices_.size() >= kMost)
      indices_.clear(); // they are made again from their boards in milliseconds
    auto& index = indices_[{workshop, kind}];
    if (!index)
      index = std::make_shared<WorkshopIndex>();
    return index;
  }

private:
  static constexpr std::size_t kMost = 200;
  std::mutex mutex_;
  std::map<std::pair<WorkshopId, Kind>, std::shared_ptr<WorkshopIndex>> indices_;
};

struct Changes {
  std::vector<Text> texts;
  Seq seq{};
};

void answer_twins(Services& services, Indices& indices, const WorkshopId& workshop, const TwinsWanted& wanted,
                  const net::Respond& answer) {
  const auto index = indices.of(workshop, wanted.kind);
  services.directory.inspect(
      workshop,
      [kind = wanted.kind, since = index->seq()](const live::Inspection& found) {
        return Changes{changed_texts(found.board, kind, since), found.board.seq};
      },
      [&services, index, text = wanted.text, answer](const std::optional<Changes>& changes) {
        if (!changes)
          return answer(net::problem(503, {Code::busy, {}, {}}, 1000));
        with_store(services, answer,
                   [index, text, changes = *changes](store::Connection&, const net::Respond& respond) {
                     json twins = json::array();
                     for (const auto& twin : index->twins(changes.texts, changes.seq, text))
                       twins.push_back({{"contribution", twin.id}, {"likeness", twin.likeness.score}});
                     respond(net::json_response(200, json{{"twins", std::move(twins)}}.dump()));
                   });
      });
}

json suggestions_from(const std::vector<Text>& texts) {
  aggregation::TextIndex index(aggregation::shipped_lexicon(), aggregation::shipped_parameters());
  std::vector<std::string> ids;
  std::vector<std::string> words;
  for (const auto& one : texts)
    if (one.text) {
      index.add(one.id.text(), *one.text);
      ids.push_back(one.id.text());
      words.push_back(*one.text);
    }
  const auto same = aggregation::shipped_parameters().similarity.same;
  auto pairs = index.pairs(same);
  std::map<std::pair<std::string, std::string>, double> scores;
  for (const auto& pair : pairs)
    scores[{pair.first, pair.second}] = pair.score;
  json duplicates = json::array();
  for (const auto& group : aggregation::group(std::move(pairs), same)) {
    double least = 1;
    for (std::size_t i = 0; i < group.size(); ++i)
      for (std::size_t j = i + 1; j < group.size(); ++j)
        least = std::min(least, scores[{group[i], group[j]}]);
    duplicates.push_back({{"contributions", group}, {"likeness", least}});
  }
  json headings = json::array();
  for (const auto& group :
       aggregation::divide_by_headings(aggregation::shipped_lexicon(), words, kHeadings)) {
    json members = json::array();
    for (const auto place : group.texts)
      members.push_back(ids[place]);
    headings.push_back({{"title", group.phrase}, {"contributions", std::move(members)}});
  }
  return {{"duplicates", std::move(duplicates)}, {"headings", std::move(headings)}};
}

} // namespace

void add_suggestion_routes(net::Router& router, Services& services) {
  const auto entrance = std::make_shared<const Entrance>(services.passes, services.readers);
  const auto indices = std::make_shared<Indices>();

  add_workshop_route(
      router, "POST", "/api/workshops/{workshop}/twins",
      [&services, entrance, indices](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                                     net::Respond respond) {
        auto read = read_body<TwinsWanted>(request);
        if (const auto* wrong = std::get_if<Rejection>(&read))
          return respond(net::problem(422, *wrong));
        entrance->enter(
            request, id, As::screen,
            [&services, entrance, indices, id, wanted = std::get<TwinsWanted>(std::move(read)),
             respond = std::move(respond)](std::variant<live::Visitor, net::HttpResponse> visitor) {
              if (auto* problem = std::get_if<net::HttpResponse>(&visitor))
                return respond(std::move(*problem));
              answer_twins(services, *indices, id, wanted, respond);
            });
      });

  add_workshop_route(
      router, "GET", "/api/workshops/{workshop}/suggestions",
      [&services, entrance](const net::HttpRequest& request, const WorkshopId& id, Executor&,
                            net::Respond respond) {
        entrance->enter(
            request, id, As::staff,
            [&services, entrance, id,
             respond = std::move(respond)](std::variant<live::Visitor, net::HttpResponse> visitor) {
              if (auto* problem = std::get_if<net::HttpResponse>(&visitor))
                return respond(std::move(*problem));
              services.directory.inspect(
                  id,
                  [](const live::Inspection& found) { return changed_texts(found.board, Kind::problem, 0); },
                  [&services, respond](const std::optional<std::vector<Text>>& texts) {
                    if (!texts)
                      return respond(net::problem(503, {Code::busy, {}, {}}, 1000));
                    answer_from_store(services, respond, [texts = *texts](store::Connection&) {
                      return net::json_response(200, suggestions_from(texts).dump());
                    });
                  });
            });
      });
}

} // namespace warsha::consultation
