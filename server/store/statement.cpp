#include "server/store/statement.hpp"

#include "server/store/connection_state.hpp"

#include <algorithm>
#include <sqlite3.h>
#include <utility>

namespace warsha::store {

namespace {

[[noreturn]] void fail(sqlite3* handle, const char* sql) {
  const std::string_view text(sql);
  throw StoreError(std::string(sqlite3_errmsg(handle)) + " (" + std::string(text.substr(0, 60)) + ")");
}

[[nodiscard]] sqlite3_destructor_type lifetime(bool parameters_stay) {
  return parameters_stay ? SQLITE_STATIC : SQLITE_TRANSIENT;
}

} // namespace

Statement::Statement(Connection& connection, Sql sql, Count count)
    : connection_(connection), sql_(sql), statement_(nullptr) {
  // While on loan it is nobody else's, even in a nested use of the same SQL.
  statement_ = std::exchange(connection.state_->statements[sql.text], nullptr);
  if (!statement_ && sqlite3_prepare_v3(connection.handle(), sql.text, -1, SQLITE_PREPARE_PERSISTENT,
                                        &statement_, nullptr) != SQLITE_OK)
    fail(connection.handle(), sql.text);
  if (sqlite3_bind_parameter_count(statement_) != count.parameters) {
    sqlite3_finalize(statement_);
    throw StoreError("wrong number of parameters for: " + std::string(sql.text));
  }
}

Statement::~Statement() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  auto& kept = connection_.state_->statements[sql_.text];
  if (kept)
    sqlite3_finalize(statement_); // a nested use has given its own back already
  else
    kept = statement_;
}

bool Statement::row() {
  switch (sqlite3_step(statement_)) {
  case SQLITE_ROW:
    return true;
  case SQLITE_DONE:
    return false;
  default:
    fail(connection_.handle(), sql_.text);
  }
}

std::int64_t Statement::run() {
  while (row()) {
  }
  return sqlite3_changes64(connection_.handle());
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::view(int column) const {
  // In this order: the bytes are counted in the form that the first call asked for.
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data ? std::string_view(data, size) : std::string_view();
}

std::optional<std::string> Statement::optional_text(int column) const {
  if (is_null(column))
    return std::nullopt;
  return text(column);
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  if (is_null(column))
    return std::nullopt;
  return integer(column);
}

Hash Statement::hash(int column) const {
  const std::string_view bytes = view(column);
  Hash hash;
  if (bytes.size() != hash.size())
    throw StoreError("a stored hash has " + std::to_string(bytes.size()) + " bytes where it should have 32");
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

uuid::Bytes Statement::uuid_bytes(int column) const {
  const auto bytes = uuid::parse(view(column));
  if (!bytes)
    throw StoreError("a stored id is not a UUID: \"" + text(column) + '"');
  return *bytes;
}

void Statement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(statement_, index, value) != SQLITE_OK)
    fail(connection_.handle(), sql_.text);
}

void Statement::bind(int index, std::string_view value) {
  // The pointer of an empty view may be null, which would bind NULL.
  const char* data = value.data() ? value.data() : "";
  if (sqlite3_bind_text64(statement_, index, data, value.size(), lifetime(parameters_stay_), SQLITE_UTF8) !=
      SQLITE_OK)
    fail(connection_.handle(), sql_.text);
}

void Statement::bind(int index, const uuid::Bytes& value) {
  const auto text = uuid::characters(value);
  if (sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) !=
      SQLITE_OK)
    fail(connection_.handle(), sql_.text);
}

void Statement::bind(int index, Blob value) {
  const void* data = value.bytes.data() ? value.bytes.data() : "";
  if (sqlite3_bind_blob64(statement_, index, data, value.bytes.size(), lifetime(parameters_stay_)) !=
      SQLITE_OK)
    fail(connection_.handle(), sql_.text);
}

void Statement::bind(int index, const Hash& value) {
  bind(index, Blob{{reinterpret_cast<const char*>(value.data()), value.size()}});
}

void Statement::bind(int index, std::nullopt_t) {
  if (sqlite3_bind_null(statement_, index) != SQLITE_OK)
    fail(connection_.handle(), sql_.text);
}

std::int64_t last_row(const Connection& connection) {
  return sqlite3_last_insert_rowid(connection.handle());
}

} // namespace warsha::store
