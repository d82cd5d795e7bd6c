#pragma once

#include "server/aggregation/administrations.hpp"
#include "server/aggregation/parameters.hpp"
#include "server/aggregation/profiles.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace warsha::aggregation {

/// What a person confirmed: whose a text is, or whose it is not.
struct Decision {
  std::string id;
  std::string text;
  /// The workshop's title, or empty.
  std::string title;
  /// Administrations, the lead first. Empty when only `not_ours` is known.
  std::vector<std::string> administrations;
  std::vector<std::string> not_ours;
};

struct Question {
  std::string_view text;
  std::string_view title;
  /// ISO 3166-2 code of the region where it was said, or empty.
  std::string_view territory;
  /// The town where it was said, or empty.
  std::string_view place;
};

/// One reason for an administration: exactly one of the three is set.
struct Reason {
  /// Words of the text, with what they add to the score.
  std::optional<Span> words;
  /// A competence, as the register words it.
  std::string competence;
  /// The id of a confirmed decision.
  std::string precedent;
  /// Of words: points of the score. Of the others: the likeness, 0 to 1.
  double strength = 0;
};

struct Suggestion {
  std::string administration;
  double score = 0;
  /// The share of texts as sure as this one that were rightly sent, as far as the calibration holds.
  double confidence = 0;
  /// Strongest first within words, competences and precedents. Of the first three suggestions only.
  std::vector<Reason> reasons;
};

struct Routing {
  /// Every administration, best first; equals by id.
  std::vector<Suggestion> suggestions;
  /// A person must decide.
  bool doubtful = true;
  std::string version;
};

/// Ranks administrations for a text by their competences, by confirmed decisions and by territory.
///
/// Local bodies of one kind (the councils of the regions) are for the same matters, so that the words tell
/// the kind and what is decided for one teaches of all; the territory and the places tell which one of them.
///
/// The same register, parameters and set of decisions give the same answers whatever the order in which the
/// decisions were learned. Const functions may run at once on several threads; learn() and forget() need the
/// router alone.
class Router {
public:
  /// Both must outlive the router.
  Router(const Lexicon& lexicon, const Parameters& parameters, std::vector<Administration> administrations);

  /// Takes effect before it returns; a decision with a known id replaces the former. Learns as a whole (0.4 s
  /// with a thousand decisions, 3 s with five thousand): give many at a time, and keep it off the threads
  /// that serve. Unknown administrations are an error: std::invalid_argument, and nothing is learned.
  void learn(std::span<const Decision> decisions);
  void forget(std::string_view id);

  [[nodiscard]] Routing route(const Question& question) const;

  [[nodiscard]] const std::vector<Administration>& administrations() const { return administrations_; }

private:
  struct Sample {
    std::string id; // of a decision, or empty
    std::string text;
    std::vector<int> classes;
    std::vector<int> not_classes;
    Features terms, pairs, letters, title;
    Features weighted; // all blocks with the frequencies of now
    Features weighted_title;
  };
  struct Reading;

  /// Bodies that are told apart by words make a class: one of its own for each national body, one for all
  /// local bodies of a kind.
  [[nodiscard]] int class_of(std::string_view administration) const;
  void add_competences();
  [[nodiscard]] std::vector<Term> read_into(Sample& sample, std::string_view text) const;
  [[nodiscard]] Features weigh(const Sample& sample) const;
  [[nodiscard]] Features profile_features(const Sample& sample) const;
  [[nodiscard]] std::vector<double> likeness(const Features& features) const;
  [[nodiscard]] std::vector<double> neighbours(const std::vector<double>& likeness) const;
  /// What a title adds to each score.
  [[nodiscard]] std::vector<double> title_scores(std::string_view title) const;
  /// Of the classes.
  [[nodiscard]] std::vector<double> matter_scores(const Question& question, const Sample& sample,
                                                  const std::vector<double>& likeness) const;
  /// What a body gains and loses by where it is.
  [[nodiscard]] std::vector<double> territory_scores(const Question& question) const;
  /// Of the bodies: how sure the class is, shared out among its bodies.
  [[nodiscard]] std::vector<double> confidences(const std::vector<double>& scores, double temperature) const;
  void add_reasons(const std::vector<Term>& terms, const Features& weighted,
                   const std::vector<double>& likeness, int of_class, std::vector<Reason>& reasons) const;
  void fit();
  /// Between what a part weighs with few decisions and with many, by how many there are.
  [[nodiscard]] double by_decisions(double few, double many) const;

  const Lexicon& lexicon_;
  const Parameters& parameters_;
  std::vector<Administration> administrations_;
  std::vector<std::vector<std::vector<std::string>>> places_; // of each body, the stems of each place
  std::vector<int> classes_;                                  // of each body
  std::size_t class_count_ = 0;
  std::vector<Sample> competences_;
  std::map<std::string, Sample, std::less<>> decisions_;
  std::optional<Profiles> profiles_; // made when the classes are known
  DocumentFrequency terms_, letters_;
  LinearModel linear_;
  std::vector<double> prior_;
};

} // namespace warsha::aggregation
