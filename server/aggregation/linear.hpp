#pragma once

#include "server/aggregation/features.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace warsha::aggregation {

struct Example {
  Features features;
  /// Classes that it is for, the first one foremost; of the others it is a counterexample.
  std::vector<int> classes;
  /// When there is no class: the ones it is known not to be for. Of the others it says nothing.
  std::vector<int> not_classes;
  double weight = 1;
};

struct LinearSettings {
  double cost = 1;
  /// Weight of an example for its second and further classes.
  double further = 0.5;
  int passes = 20;
};

/// One-against-all linear support vector machines with squared hinge loss, fitted by dual coordinate descent
/// (Hsieh et al., 2008). Examples are visited in the order given, a fixed number of times: the same
/// examples in the same order give the same weights to the last bit.
class LinearModel {
public:
  [[nodiscard]] static LinearModel fit(const std::vector<Example>& examples, int classes,
                                       const LinearSettings& settings);

  /// A margin for each class: above 0 for, below 0 against.
  [[nodiscard]] std::vector<double> margins(const Features& features) const;

  /// What one feature of value 1 adds to the margin of a class.
  [[nodiscard]] double weight(Key key, int of_class) const;

private:
  int classes_ = 0;
  std::unordered_map<Key, std::uint32_t> rows_;
  std::vector<float> weights_; // a row of classes_ for each feature
  std::vector<float> bias_;
};

} // namespace warsha::aggregation
