#pragma once

#include "server/aggregation/parameters.hpp"

#include <unordered_map>
#include <vector>

namespace warsha::aggregation {

/// What a text has in common with the competences of each administration: BM25 (Robertson & Zaragoza, 2009)
/// with an administration for a document. Words that few administrations use weigh most.
class Profiles {
public:
  Profiles(int classes, const ProfileSettings& settings);

  /// All of one administration's phrases must be added before anything is asked.
  void add(int of_class, const Features& features);
  void finish();

  [[nodiscard]] std::vector<double> scores(const Features& features) const;
  /// What one feature of value 1 adds, before the text's length is allowed for.
  [[nodiscard]] double weight(Key key, int of_class) const;

private:
  struct Posting {
    int of_class;
    double count;
    double weight = 0;
  };
  struct Entry {
    double inverse = 0;
    std::vector<Posting> postings;
  };

  ProfileSettings settings_;
  std::vector<double> lengths_;
  std::unordered_map<Key, Entry> entries_;
};

} // namespace warsha::aggregation
