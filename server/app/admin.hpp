#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

/// What `warsha admin` does to a database, beside a running server or without one.
namespace warsha::app {

/// Where a role is in force. An admin's is everywhere and needs none of these.
struct RoleOptions {
  std::string role;
  std::optional<std::string>
      consultation; // an organiser's or committee's, or every workshop of it for a facilitator
  std::optional<std::string> workshop;         // a facilitator's
  bool all = false;                            // every consultation or workshop that exists now
  std::optional<std::string> administration{}; // a reviewer's
};

struct AccountOptions {
  std::filesystem::path database = "warsha.db";
  std::string email;
  std::string name;
  RoleOptions role;
  bool password_from_stdin = false;
  bool json = false;
};

// Each throws UsageError or store::StoreError, having changed nothing.
void add_account(const AccountOptions& options, std::ostream& out);
void grant_role(const AccountOptions& options, std::ostream& out);
void revoke_role(const AccountOptions& options, std::ostream& out);
void change_password(const AccountOptions& options, std::ostream& out);
void disable_account(const AccountOptions& options, std::ostream& out);
void list_accounts(const AccountOptions& options, std::ostream& out);

struct ConsultationOptions {
  std::filesystem::path database = "warsha.db";
  bool json = false;
};
/// The ids, titles and join codes of all consultations and their workshops.
void list_consultations(const ConsultationOptions& options, std::ostream& out);

struct PlanOptions {
  std::filesystem::path database = "warsha.db";
  std::string plan; // its id
  std::string title_ar, title_fr, years;
  std::vector<std::string> axes_ar, axes_fr; // the first with the first, and so on
  std::vector<std::string> consultations;
  bool all = false; // consultations that are of no plan
  bool json = false;
};
// Each throws UsageError or store::StoreError, having changed nothing.
void add_plan(const PlanOptions& options, std::ostream& out);
void change_plan(const PlanOptions& options, std::ostream& out); // what is not given stays
void attach_consultations(const PlanOptions& options, std::ostream& out);
void detach_consultations(const PlanOptions& options, std::ostream& out);
void list_plans(const PlanOptions& options, std::ostream& out);

} // namespace warsha::app
