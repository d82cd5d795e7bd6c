#include "server/aggregation/router.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <stdexcept>

namespace warsha::aggregation {

namespace {

constexpr std::size_t kExplained = 3;
constexpr std::size_t kReasonsOfAKind = 3;
constexpr double kLeastLikeness = 0.05;
constexpr double kOutOfTheQuestion = 100; // of another region, which nothing names: after all others

void append(Features& into, Features block, const DocumentFrequency& frequency, double length) {
  if (length <= 0)
    return;
  for (auto& [key, value] : block)
    value *= frequency.inverse(key);
  scale(block, length);
  into.insert(into.end(), block.begin(), block.end());
}

void append(Features& into, const Features& block, double weight) {
  for (const auto& [key, value] : block)
    if (weight > 0)
      into.emplace_back(key, value * weight);
}

std::vector<std::string> stems(std::string_view phrase) {
  std::vector<std::string> out;
  for (const Word& word : read(phrase).words)
    out.push_back(word.stem);
  return out;
}

bool names(const Text& text, const std::vector<std::string>& place) {
  const auto same = [](const Word& word, const std::string& stem) { return word.stem == stem; };
  return std::search(text.words.begin(), text.words.end(), place.begin(), place.end(), same) !=
         text.words.end();
}

/// The strongest few of one kind, those as strong in the order given.
void keep_strongest(std::vector<Reason> found, std::vector<Reason>& reasons) {
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.strength > b.strength; });
  found.resize(std::min(found.size(), kReasonsOfAKind));
  std::move(found.begin(), found.end(), std::back_inserter(reasons));
}

std::vector<double> softmax(const std::vector<double>& scores, double temperature) {
  const double most = *std::max_element(scores.begin(), scores.end());
  std::vector<double> shares(scores.size());
  double sum = 0;
  for (std::size_t i = 0; i < scores.size(); ++i)
    sum += shares[i] = std::exp((scores[i] - most) / temperature);
  for (double& share : shares)
    share /= sum;
  return shares;
}

} // namespace

Router::Router(const Lexicon& lexicon, const Parameters& parameters,
               std::vector<Administration> administrations)
    : lexicon_(lexicon), parameters_(parameters), administrations_(std::move(administrations)) {
  std::sort(administrations_.begin(), administrations_.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  std::map<std::string, int> kinds;
  for (const Administration& body : administrations_) {
    auto& places = places_.emplace_back();
    for (const std::string& place : body.places)
      places.push_back(stems(place));
    const auto next = static_cast<int>(class_count_);
    const int own = body.territory.empty() ? next : kinds.try_emplace(body.kind, next).first->second;
    classes_.push_back(own);
    class_count_ += own == next ? 1 : 0;
  }
  add_competences();
  fit();
}

void Router::add_competences() {
  profiles_.emplace(static_cast<int>(class_count_), parameters_.routing.profile);
  std::set<std::pair<int, std::string>> known; // local bodies of a kind share most of theirs
  for (std::size_t i = 0; i < administrations_.size(); ++i) {
    const Administration& body = administrations_[i];
    std::vector<std::string> phrases;
    for (const auto& [language, all] : body.competences)
      phrases.insert(phrases.end(), all.begin(), all.end());
    // The name of one local body would speak for all of its kind.
    if (body.territory.empty())
      for (const auto& [language, name] : body.names)
        phrases.push_back(name);
    for (const std::string& phrase : phrases) {
      if (!known.emplace(classes_[i], phrase).second)
        continue;
      Sample& sample = competences_.emplace_back();
      sample.text = phrase;
      sample.classes = {classes_[i]};
      (void)read_into(sample, phrase);
      profiles_->add(classes_[i], profile_features(sample));
    }
  }
  profiles_->finish();
}

int Router::class_of(std::string_view administration) const {
  const auto found = std::lower_bound(administrations_.begin(), administrations_.end(), administration,
                                      [](const auto& body, std::string_view id) { return body.id < id; });
  if (found == administrations_.end() || found->id != administration)
    throw std::invalid_argument("no administration has the id " + std::string(administration));
  return classes_[static_cast<std::size_t>(found - administrations_.begin())];
}

std::vector<Term> Router::read_into(Sample& sample, std::string_view utf8) const {
  const auto& weights = parameters_.routing.features;
  const Text text = read(utf8);
  auto terms = lexicon_.terms(text);
  sample.terms = term_features(terms, weights.frame);
  sample.pairs = pair_features(terms, weights.frame);
  sample.letters = letter_features(text, weights.shortest_run, weights.longest_run);
  return terms;
}

Features Router::weigh(const Sample& sample) const {
  const auto& weights = parameters_.routing.features;
  Features features;
  append(features, sample.terms, terms_, weights.terms);
  append(features, sample.letters, letters_, weights.letters);
  normalise(features);
  return features;
}

Features Router::profile_features(const Sample& sample) const {
  Features features = sample.terms;
  append(features, sample.pairs, parameters_.routing.profile.pairs);
  append(features, sample.letters, parameters_.routing.profile.letters);
  normalise(features);
  return features;
}

void Router::learn(std::span<const Decision> decisions) {
  std::vector<std::pair<std::string, Sample>> samples;
  for (const Decision& decision : decisions) {
    Sample sample;
    sample.id = decision.id;
    const auto has = [](const std::vector<int>& classes, int one) {
      return std::find(classes.begin(), classes.end(), one) != classes.end();
    };
    for (const auto& id : decision.administrations)
      if (const int one = class_of(id); !has(sample.classes, one))
        sample.classes.push_back(one);
    // One town's saying that it is another's is nothing against towns.
    for (const auto& id : decision.not_ours)
      if (const int one = class_of(id); !has(sample.classes, one) && !has(sample.not_classes, one))
        sample.not_classes.push_back(one);
    (void)read_into(sample, decision.text);
    if (!decision.title.empty())
      sample.title = term_features(lexicon_.terms(read(decision.title)), parameters_.routing.features.frame);
    samples.emplace_back(decision.id, std::move(sample));
  }
  for (auto& [id, sample] : samples)
    decisions_.insert_or_assign(std::move(id), std::move(sample));
  fit();
}

void Router::forget(std::string_view id) {
  if (const auto found = decisions_.find(id); found != decisions_.end()) {
    decisions_.erase(found);
    fit();
  }
}

double Router::by_decisions(double few, double many) const {
  const auto count = static_cast<double>(decisions_.size());
  return few + (many - few) * count / (count + parameters_.routing.many.half_way);
}

void Router::fit() {
  const auto& routing = parameters_.routing;
  terms_ = letters_ = {};
  prior_.assign(class_count_, 1);
  const auto count = [&](const Sample& sample) {
    terms_.add(sample.terms);
    letters_.add(sample.letters);
  };
  for (const Sample& sample : competences_)
    count(sample);
  for (const auto& [id, sample] : decisions_) {
    count(sample);
    if (!sample.classes.empty())
      prior_[static_cast<std::size_t>(sample.classes.front())] += 1;
  }
  std::vector<Example> examples;
  for (Sample& sample : competences_) {
    sample.weighted = weigh(sample);
    examples.push_back({sample.weighted, sample.classes, {}, routing.competence_example});
  }
  for (auto& [id, sample] : decisions_) {
    sample.weighted = weigh(sample);
    sample.weighted_title.clear();
    append(sample.weighted_title, sample.title, terms_, 1);
    examples.push_back({sample.weighted, sample.classes, sample.not_classes,
                        by_decisions(routing.decision_example, routing.many.decision_example)});
  }
  linear_ = LinearModel::fit(examples, static_cast<int>(class_count_), routing.linear);
}

/// Of the competences and then of the decisions, 0 to 1.
std::vector<double> Router::likeness(const Features& features) const {
  std::vector<double> out;
  out.reserve(competences_.size() + decisions_.size());
  const double length = std::max(dot(features, features), 1e-9);
  for (const Sample& sample : competences_)
    out.push_back(dot(features, sample.weighted) / length);
  for (const auto& [id, sample] : decisions_)
    out.push_back(dot(features, sample.weighted) / length);
  return out;
}

std::vector<double> Router::neighbours(const std::vector<double>& likeness) const {
  const auto& settings = parameters_.routing.neighbours;
  std::vector<const Sample*> samples;
  for (const Sample& sample : competences_)
    samples.push_back(&sample);
  for (const auto& [id, sample] : decisions_)
    samples.push_back(&sample);
  std::vector<std::size_t> order(samples.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto count =
      std::min(order.size(),
               static_cast<std::size_t>(by_decisions(settings.count, parameters_.routing.many.neighbours)));
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                    [&](auto a, auto b) { return std::pair(-likeness[a], a) < std::pair(-likeness[b], b); });
  std::vector<double> votes(class_count_);
  for (std::size_t i = 0; i < count; ++i) {
    const Sample& sample = *samples[order[i]];
    const double vote = std::pow(std::max(likeness[order[i]], 0.0), settings.sharpness);
    for (std::size_t place = 0; place < sample.classes.size(); ++place)
      votes[static_cast<std::size_t>(sample.classes[place])] += place == 0 ? vote : vote / 2;
    for (const int not_for : sample.not_classes)
      votes[static_cast<std::size_t>(not_for)] -= vote;
  }
  for (double& vote : votes)
    vote = std::log(settings.floor + std::max(vote, 0.0));
  return votes;
}

/// The title's words against the competences, and how the decisions under titles like it were shared out. The
/// more of these there are, the less the words count: an axis may be named after one administration and hold
/// the matters of another.
std::vector<double> Router::title_scores(std::string_view utf8) const {
  const auto& routing = parameters_.routing;
  Sample said;
  (void)read_into(said, utf8);
  Features title;
  append(title, said.terms, terms_, 1);
  auto scores = profiles_->scores(profile_features(said));
  std::vector<double> votes(class_count_);
  double all = 1;
  for (const auto& [id, sample] : decisions_) {
    const double like = dot(title, sample.weighted_title);
    const double vote = like * like;
    for (std::size_t place = 0; place < sample.classes.size(); ++place)
      votes[static_cast<std::size_t>(sample.classes[place])] += place == 0 ? vote : vote / 2;
    all += vote;
  }
  const double confirmed = (all - 1) / (all - 1 + routing.title_half_way);
  const double words = routing.title_profile + (routing.title_confirmed - routing.title_profile) * confirmed;
  for (std::size_t i = 0; i < scores.size(); ++i)
    scores[i] = words * scores[i] + routing.title_neighbours * std::log(routing.title_floor + votes[i] / all);
  return scores;
}

std::vector<double> Router::territory_scores(const Question& question) const {
  const auto& routing = parameters_.routing;
  const Text text = read(question.text);
  const Text town = read(question.place);
  std::vector<double> scores(administrations_.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Administration& body = administrations_[i];
    if (body.territory.empty())
      continue;
    const auto named_in = [&](const Text& where) {
      return std::any_of(places_[i].begin(), places_[i].end(),
                         [&](const auto& place) { return names(where, place); });
    };
    const bool here = body.territory == question.territory;
    // Whoever speaks in one region and names a town of another may mean the ministry there.
    if (named_in(text))
      scores[i] = here || question.territory.empty() ? routing.named : routing.named - routing.elsewhere;
    else if (here)
      scores[i] = named_in(town) ? 0 : -routing.nearby;
    else
      scores[i] = question.territory.empty() ? -routing.elsewhere : -kOutOfTheQuestion;
  }
  return scores;
}

std::vector<double> Router::matter_scores(const Question& question, const Sample& sample,
                                          const std::vector<double>& likeness) const {
  const auto& routing = parameters_.routing;
  const auto profile = profiles_->scores(profile_features(sample));
  const auto margins = linear_.margins(sample.weighted);
  const auto near = neighbours(likeness);
  const double linear_weight = by_decisions(routing.linear_weight, routing.many.linear_weight);
  const double neighbour_weight = by_decisions(routing.neighbour_weight, routing.many.neighbour_weight);
  std::vector<double> scores(class_count_);
  for (std::size_t i = 0; i < scores.size(); ++i)
    scores[i] = routing.profile_weight * profile[i] + linear_weight * margins[i] +
                neighbour_weight * near[i] + routing.prior_weight * std::log(prior_[i]);
  if (!question.title.empty()) {
    const auto by_title = title_scores(question.title);
    for (std::size_t i = 0; i < scores.size(); ++i)
      scores[i] += by_title[i];
  }
  return scores;
}

std::vector<double> Router::confidences(const std::vector<double>& scores, double temperature) const {
  std::vector<double> best(class_count_, -std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    double& most = best[static_cast<std::size_t>(classes_[i])];
    most = std::max(most, scores[i]);
  }
  const auto of_classes = softmax(best, temperature);
  std::vector<double> shares(scores.size());
  std::vector<double> sums(class_count_);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto own = static_cast<std::size_t>(classes_[i]);
    sums[own] += shares[i] = std::exp((scores[i] - best[own]) / temperature);
  }
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const auto own = static_cast<std::size_t>(classes_[i]);
    shares[i] *= of_classes[own] / sums[own];
  }
  return shares;
}

Routing Router::route(const Question& question) const {
  const auto& routing = parameters_.routing;
  Sample sample;
  const auto terms = read_into(sample, question.text);
  sample.weighted = weigh(sample);
  const auto like = likeness(sample.weighted);

  const auto matter = matter_scores(question, sample, like);
  auto scores = territory_scores(question);
  for (std::size_t i = 0; i < scores.size(); ++i)
    scores[i] += matter[static_cast<std::size_t>(classes_[i])];
  const auto confident =
      confidences(scores, question.title.empty() ? routing.temperature : routing.title_temperature);

  Routing result;
  result.version = parameters_.version;
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return scores[a] > scores[b]; });
  for (const std::size_t i : order) {
    Suggestion& suggestion = result.suggestions.emplace_back();
    suggestion.administration = administrations_[i].id;
    suggestion.score = scores[i];
    suggestion.confidence = confident[i];
    if (result.suggestions.size() <= kExplained)
      add_reasons(terms, sample.weighted, like, classes_[i], suggestion.reasons);
  }
  result.doubtful =
      result.suggestions.empty() || result.suggestions.front().confidence < routing.doubtful_below;
  return result;
}

void Router::add_reasons(const std::vector<Term>& terms, const Features& weighted,
                         const std::vector<double>& likeness, int of_class,
                         std::vector<Reason>& reasons) const {
  const auto& routing = parameters_.routing;
  const double linear_weight = by_decisions(routing.linear_weight, routing.many.linear_weight);
  std::vector<Reason> words, competences, precedents;
  for (const Term& term : terms) {
    if (term.role == Role::function)
      continue;
    const auto found = std::lower_bound(weighted.begin(), weighted.end(), std::pair(term.key, -1e300));
    const double learned = found != weighted.end() && found->first == term.key
                               ? found->second * linear_.weight(term.key, of_class)
                               : 0;
    const double strength =
        routing.profile_weight * profiles_->weight(term.key, of_class) + linear_weight * learned;
    if (strength > 0)
      words.push_back({term.span, "", "", strength});
  }
  std::size_t i = 0;
  for (const Sample& sample : competences_) {
    if (const double like = likeness[i++]; sample.classes.front() == of_class && like >= kLeastLikeness)
      competences.push_back({std::nullopt, sample.text, "", like});
  }
  for (const auto& [id, sample] : decisions_) {
    const double like = likeness[i++];
    const bool ours =
        std::find(sample.classes.begin(), sample.classes.end(), of_class) != sample.classes.end();
    if (ours && like >= kLeastLikeness)
      precedents.push_back({std::nullopt, "", id, like});
  }
  keep_strongest(std::move(words), reasons);
  keep_strongest(std::move(competences), reasons);
  keep_strongest(std::move(precedents), reasons);
}

} // namespace warsha::aggregation
