#include "server/aggregation/linear.hpp"

#include <algorithm>

namespace warsha::aggregation {

namespace {

struct Row {
  std::vector<std::pair<std::uint32_t, double>> features;
  double squares = 1; // of the features, and 1 for the bias
};

/// +1 or -1 and how heavily, for one class; weight 0: the example says nothing.
std::pair<double, double> lesson(const Example& example, int of_class, double further) {
  if (example.classes.empty()) {
    const auto& not_for = example.not_classes;
    return {-1, std::find(not_for.begin(), not_for.end(), of_class) == not_for.end() ? 0 : example.weight};
  }
  const auto found = std::find(example.classes.begin(), example.classes.end(), of_class);
  if (found == example.classes.end())
    return {-1, example.weight};
  return {1, found == example.classes.begin() ? example.weight : example.weight * further};
}

} // namespace

LinearModel LinearModel::fit(const std::vector<Example>& examples, int classes,
                             const LinearSettings& settings) {
  LinearModel model;
  model.classes_ = classes;
  std::vector<Row> rows(examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    for (const auto& [key, value] : examples[i].features) {
      const auto row = model.rows_.emplace(key, static_cast<std::uint32_t>(model.rows_.size())).first->second;
      rows[i].features.emplace_back(row, value);
      rows[i].squares += value * value;
    }
  }
  const std::size_t width = model.rows_.size();
  const auto stride = static_cast<std::size_t>(classes);
  model.weights_.assign(width * stride, 0);
  model.bias_.assign(stride, 0);

  std::vector<double> weights(width);
  std::vector<double> alphas(examples.size());
  for (int of_class = 0; of_class < classes; ++of_class) {
    std::fill(weights.begin(), weights.end(), 0);
    std::fill(alphas.begin(), alphas.end(), 0);
    double bias = 0;
    for (int pass = 0; pass < settings.passes; ++pass) {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto [sign, weight] = lesson(examples[i], of_class, settings.further);
        if (weight <= 0)
          continue;
        double margin = bias;
        for (const auto& [row, value] : rows[i].features)
          margin += weights[row] * value;
        const double slack = 1 / (2 * settings.cost * weight);
        const double gradient = sign * margin - 1 + slack * alphas[i];
        const double alpha = std::max(alphas[i] - gradient / (rows[i].squares + slack), 0.0);
        const double step = (alpha - alphas[i]) * sign;
        alphas[i] = alpha;
        if (step == 0)
          continue;
        bias += step;
        for (const auto& [row, value] : rows[i].features)
          weights[row] += step * value;
      }
    }
    for (std::size_t row = 0; row < width; ++row)
      model.weights_[row * stride + static_cast<std::size_t>(of_class)] = static_cast<float>(weights[row]);
    model.bias_[static_cast<std::size_t>(of_class)] = static_cast<float>(bias);
  }
  return model;
}

std::vector<double> LinearModel::margins(const Features& features) const {
  std::vector<double> margins(bias_.begin(), bias_.end());
  for (const auto& [key, value] : features)
    if (const auto found = rows_.find(key); found != rows_.end())
      for (int of_class = 0; of_class < classes_; ++of_class)
        margins[static_cast<std::size_t>(of_class)] +=
            value *
            weights_[found->second * static_cast<std::size_t>(classes_) + static_cast<std::size_t>(of_class)];
  return margins;
}

double LinearModel::weight(Key key, int of_class) const {
  const auto found = rows_.find(key);
  return found == rows_.end() ? 0
                              : weights_[found->second * static_cast<std::size_t>(classes_) +
                                         static_cast<std::size_t>(of_class)];
}

} // namespace warsha::aggregation
