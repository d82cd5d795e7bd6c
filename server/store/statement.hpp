#pragma once

#include "protocol/ids.hpp"
#include "server/store/connection.hpp"
#include "server/store/digest.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace warsha::store {

/// SQL that was written in the source: only a literal converts, so nothing from outside becomes SQL.
struct Sql {
  consteval Sql(const char* literal) : text(literal) {}
  const char* text;
};

/// Bytes that are not text.
struct Blob {
  std::string_view bytes;
};

/// Said by a caller whose parameters outlive the statement: texts and blobs are then not copied.
struct ParametersStay {};
inline constexpr ParametersStay kParametersStay{};

/// A prepared statement on loan from its connection, which keeps it for the next use. Reset at the end of
/// its scope, so that no read stays open. All failures throw StoreError.
class Statement {
public:
  /// Binds every parameter, in order: integers, text, blobs, ids (as text), hashes (as blobs), and optionals
  /// of these.
  template <class... Parameters> Statement(Connection& connection, Sql sql, const Parameters&... parameters);
  template <class... Parameters>
  Statement(Connection& connection, Sql sql, ParametersStay, const Parameters&... parameters);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Steps to the next row; false after the last.
  [[nodiscard]] bool row();
  /// Runs a statement that gives no rows; gives how many rows it changed.
  std::int64_t run();

  // Columns of the present row, from 0.
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  /// Valid until the next row.
  [[nodiscard]] std::string_view view(int column) const;
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
  [[nodiscard]] Hash hash(int column) const;
  template <class AnyId> [[nodiscard]] AnyId id(int column) const { return AnyId{uuid_bytes(column)}; }

private:
  struct Count {
    int parameters;
  };
  Statement(Connection& connection, Sql sql, Count count);
  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view value);
  void bind(int index, Blob value);
  void bind(int index, const Hash& value);
  void bind(int index, std::nullopt_t);
  void bind(int index, const uuid::Bytes& value);
  template <class Tag> void bind(int index, const Id<Tag>& value) { bind(index, value.bytes); }
  template <std::integral Integer> void bind(int index, Integer value) {
    bind(index, static_cast<std::int64_t>(value));
  }
  template <class Value> void bind(int index, const std::optional<Value>& value) {
    if (value)
      bind(index, *value);
    else
      bind(index, std::nullopt);
  }
  [[nodiscard]] uuid::Bytes uuid_bytes(int column) const;

  Connection& connection_;
  Sql sql_;
  sqlite3_stmt* statement_;
  bool parameters_stay_ = false;
};

template <class... Parameters>
Statement::Statement(Connection& connection, Sql sql, const Parameters&... parameters)
    : Statement(connection, sql, Count{static_cast<int>(sizeof...(Parameters))}) {
  [[maybe_unused]] int index = 0;
  (bind(++index, parameters), ...);
}

template <class... Parameters>
Statement::Statement(Connection& connection, Sql sql, ParametersStay, const Parameters&... parameters)
    : Statement(connection, sql, Count{static_cast<int>(sizeof...(Parameters))}) {
  parameters_stay_ = true;
  [[maybe_unused]] int index = 0;
  (bind(++index, parameters), ...);
}

/// Runs one statement without rows; gives how many rows it changed.
template <class... Parameters>
std::int64_t execute(Connection& connection, Sql sql, const Parameters&... parameters) {
  return Statement(connection, sql, kParametersStay, parameters...).run();
}

/// The rowid of the last row that this connection inserted.
[[nodiscard]] std::int64_t last_row(const Connection& connection);

} // namespace warsha::store
