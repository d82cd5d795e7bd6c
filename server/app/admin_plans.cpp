#include "protocol/limits.hpp"
#include "protocol/text.hpp"
#include "server/app/admin.hpp"
#include "server/app/usage_error.hpp"
#include "server/runtime/system.hpp"
#include "server/store/connection.hpp"
#include "server/store/consultations.hpp"
#include "server/store/plans.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <ostream>

namespace warsha::app {

namespace {

using Mode = store::Connection::Mode;

constexpr int kFirstYear = 2000; // before it there was no such plan
constexpr int kLastYear = 2100;
constexpr int kYearsMost = 10; // of one cycle

[[nodiscard]] std::string clean_title(const char* option, const std::string& typed) {
  auto cleaned = clean_line(typed, limits::kProposalTitleGraphemes);
  if (const auto* code = std::get_if<Code>(&cleaned))
    throw UsageError(std::string(option) + ": " + sentence(*code));
  return std::get<std::string>(cleaned);
}

[[nodiscard]] std::optional<int> year_of(std::string_view text) {
  int year = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), year);
  return wrong == std::errc{} && end == text.data() + text.size() && year >= kFirstYear && year <= kLastYear
             ? std::optional(year)
             : std::nullopt;
}

void set_years(store::PlanRow& plan, const std::string& years) {
  const auto dash = years.find('-');
  const auto first = year_of(std::string_view(years).substr(0, dash));
  const auto last = dash == std::string::npos ? first : year_of(std::string_view(years).substr(dash + 1));
  if (!first || !last || *last < *first || *last - *first >= kYearsMost)
    throw UsageError("--years: \"" + years + "\" are no years of a plan, such as 2027-2030");
  plan.first_year = *first;
  plan.last_year = *last;
}

void set_axes(store::PlanRow& plan, const PlanOptions& options) {
  if (options.axes_ar.size() != options.axes_fr.size())
    throw UsageError(
        "--axis-ar and --axis-fr: each axis has a title in both languages; give as many of each");
  plan.axes.clear();
  for (std::size_t i = 0; i < options.axes_ar.size(); ++i)
    plan.axes.push_back(
        {clean_title("--axis-ar", options.axes_ar[i]), clean_title("--axis-fr", options.axes_fr[i])});
}

[[nodiscard]] store::PlanRow plan_meant(store::Connection& connection, const std::string& id) {
  const auto parsed = store::PlanId::parse(id);
  auto plan = parsed ? store::find_plan(connection, *parsed) : std::nullopt;
  if (!plan)
    throw UsageError("--plan: there is no plan " + id + " (see `warsha admin plan list`)");
  return *plan;
}

[[nodiscard]] std::vector<ConsultationId> consultations_meant(store::Connection& connection,
                                                              const PlanOptions& options) {
  std::vector<ConsultationId> meant;
  for (const auto& id : options.consultations) {
    const auto parsed = ConsultationId::parse(id);
    if (!parsed || !store::find_consultation(connection, *parsed))
      throw UsageError("--consultation: there is no consultation " + id +
                       " (see `warsha admin consultation list`)");
    meant.push_back(*parsed);
  }
  if (options.all)
    for (const auto& one : store::all_consultations(connection))
      if (!store::plan_of(connection, one.id))
        meant.push_back(one.id);
  if (meant.empty())
    throw UsageError(options.all ? "--all: every consultation is of a plan already"
                                 : "name a consultation with --consultation ID");
  return meant;
}

[[nodiscard]] nlohmann::json as_json(const store::PlanTitle& title) {
  return {{"ar", title.ar}, {"fr", title.fr}};
}

} // namespace

void add_plan(const PlanOptions& options, std::ostream& out) {
  store::PlanRow plan;
  plan.title = {clean_title("--title-ar", options.title_ar), clean_title("--title-fr", options.title_fr)};
  set_years(plan, options.years);
  set_axes(plan, options);
  store::Connection connection(options.database, Mode::read_write);
  plan.id = system::new_id<store::PlanId>();
  plan.created_at = system::now_ms();
  store::in_transaction(connection, [&] { store::add_plan(connection, plan); });
  out << plan.id.text() << '\n';
}

void change_plan(const PlanOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_write);
  store::in_transaction(connection, [&] {
    auto plan = plan_meant(connection, options.plan);
    if (!options.title_ar.empty())
      plan.title.ar = clean_title("--title-ar", options.title_ar);
    if (!options.title_fr.empty())
      plan.title.fr = clean_title("--title-fr", options.title_fr);
    if (!options.years.empty())
      set_years(plan, options.years);
    if (!options.axes_ar.empty() || !options.axes_fr.empty())
      set_axes(plan, options);
    store::change_plan(connection, plan);
  });
  out << "changed plan " << options.plan << '\n';
}

void attach_consultations(const PlanOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_write);
  std::size_t attached = 0;
  store::in_transaction(connection, [&] {
    const auto plan = plan_meant(connection, options.plan);
    for (const auto& id : consultations_meant(connection, options)) {
      store::set_plan(connection, id, plan.id);
      ++attached;
    }
  });
  out << "consultations that are of plan " << options.plan << " now: " << attached << '\n';
}

void detach_consultations(const PlanOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_write);
  std::size_t detached = 0;
  store::in_transaction(connection, [&] {
    for (const auto& id : consultations_meant(connection, options)) {
      store::set_plan(connection, id, std::nullopt);
      ++detached;
    }
  });
  out << "consultations that are of no plan now: " << detached << '\n';
}

void list_plans(const PlanOptions& options, std::ostream& out) {
  store::Connection connection(options.database, Mode::read_only);
  auto plans = nlohmann::json::array();
  for (const auto& plan : store::all_plans(connection)) {
    auto axes = nlohmann::json::array();
    for (const auto& axis : plan.axes)
      axes.push_back(as_json(axis));
    auto consultations = nlohmann::json::array();
    for (const auto& id : store::consultations_of(connection, plan.id))
      consultations.push_back(id.text());
    if (!options.json) {
      out << plan.id.text() << "  " << plan.first_year << '-' << plan.last_year << "  " << plan.title.fr
          << '\n';
      for (const auto& id : consultations)
        out << "  " << id.get<std::string>() << '\n';
    }
    plans.push_back({{"id", plan.id.text()},
                     {"title", as_json(plan.title)},
                     {"first_year", plan.first_year},
                     {"last_year", plan.last_year},
                     {"axes", std::move(axes)},
                     {"consultations", std::move(consultations)}});
  }
  if (options.json)
    out << nlohmann::json{{"plans", plans}}.dump(2) << '\n';
}

} // namespace warsha::app
