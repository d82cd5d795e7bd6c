#pragma once

#include "server/aggregation/parameters.hpp"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace warsha::aggregation {

/// The same matter in both texts, where it stands in each, and what part of the likeness it makes.
struct SharedWords {
  Span in_first;
  Span in_second;
  double share = 0;
};

struct Likeness {
  /// 0: nothing in common; 1: the same words.
  double score = 0;
  /// The signals that the score is made of, each 0 to 1: words and concepts, runs of letters.
  double terms = 0;
  double letters = 0;
  /// In the order of the first text.
  std::vector<SharedWords> shared;
};

struct Twin {
  std::string id;
  Likeness likeness;
};

struct ScoredPair {
  std::string first; // before `second`
  std::string second;
  double score = 0;
};

/// Finds which texts say nearly the same. Texts come and go one by one; what is found depends on the texts
/// that are in it, not on the order in which they came. Const functions may run at once on several threads.
class TextIndex {
public:
  /// Both must outlive the index.
  TextIndex(const Lexicon& lexicon, const Parameters& parameters)
      : lexicon_(lexicon), parameters_(parameters) {}

  /// An id that is already there gets the new text.
  void add(std::string id, std::string_view text);
  void remove(std::string_view id);
  [[nodiscard]] std::size_t size() const { return slots_by_id_.size(); }

  /// The texts most like this one, from `at_least` up, best first, at most `most`; `text` may be half typed.
  [[nodiscard]] std::vector<Twin> twins(std::string_view text, double at_least, std::size_t most) const;

  /// Every pair of texts in the index from `at_least` up that candidate search finds, ordered by ids.
  [[nodiscard]] std::vector<ScoredPair> pairs(double at_least) const;

  /// Of any two texts; words that are rare in the index weigh most.
  [[nodiscard]] Likeness compare(std::string_view first, std::string_view second) const;

private:
  struct Entry {
    std::string id;
    std::vector<Term> terms;
    std::vector<Key> term_keys; // sorted, each once
    std::vector<Key> letter_keys;
    bool tells_a_lack = false;
  };
  using Slot = std::uint32_t;
  using Postings = std::unordered_map<Key, std::vector<Slot>>;

  [[nodiscard]] Entry make(std::string id, std::string_view text) const;
  [[nodiscard]] double inverse(const Postings& postings, Key key) const;
  [[nodiscard]] double letter_overlap(const std::vector<Key>& a, const std::vector<Key>& b) const;
  [[nodiscard]] double term_overlap(const Entry& a, const Entry& b, std::vector<SharedWords>* shared) const;
  [[nodiscard]] Likeness compare(const Entry& a, const Entry& b, bool explain) const;
  [[nodiscard]] std::vector<Slot> candidates(const Entry& entry) const;

  const Lexicon& lexicon_;
  const Parameters& parameters_;
  std::vector<Entry> entries_;
  std::vector<Slot> free_;
  std::map<std::string, Slot, std::less<>> slots_by_id_;
  Postings by_term_, by_letters_;
};

} // namespace warsha::aggregation
