cmake_minimum_required(VERSION 3.25)
file(READ ${SOURCE}/codes.json document)
set(enumerators "")
set(cases "")
string(JSON count LENGTH "${document}" codes)
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  string(JSON code MEMBER "${document}" codes ${index})
  string(JSON english GET "${document}" codes ${code} en)
  string(APPEND enumerators "  ${code},\n")
  string(APPEND names "    \"${code}\",\n")
  string(APPEND sentences "    \"${english}\",\n")
endforeach()
set(closes "")
string(JSON count LENGTH "${document}" close_codes)
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  string(JSON close MEMBER "${document}" close_codes ${index})
  string(JSON number GET "${document}" close_codes ${close} code)
  string(APPEND closes "  ${close} = ${number},\n")
endforeach()
file(CONFIGURE OUTPUT ${BINARY}/protocol/codes.hpp @ONLY CONTENT [==[
// Generated from schemas/codes.json.
#pragma once

#include <cstdint>

namespace warsha {

/// A stable code of a rejection (live) or problem (HTTP).
enum class Code : std::uint8_t {
@enumerators@};

/// Close codes of the live socket (RFC 6455, section 7.4).
enum class CloseCode : std::uint16_t {
@closes@};

/// The code as it stands on the wire.
[[nodiscard]] constexpr const char* name(Code code) {
  constexpr const char* kNames[] = {
@names@  };
  return kNames[static_cast<int>(code)];
}

/// The English sentence, for problem documents and terminals.
[[nodiscard]] constexpr const char* sentence(Code code) {
  constexpr const char* kSentences[] = {
@sentences@  };
  return kSentences[static_cast<int>(code)];
}

} // namespace warsha
]==])
set(migrations "")
file(GLOB files ${SOURCE}/sql/*.sql)
list(SORT files)
foreach(path ${files})
  get_filename_component(stem ${path} NAME_WE)
  string(REGEX MATCH "^[0-9]+" number ${stem})
  string(REGEX REPLACE "^0+" "" number ${number})
  file(READ ${path} sql)
  string(APPEND migrations "    {${number}, \"${stem}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(READ ${SOURCE}/exports/consultation.schema.json consultation)
file(WRITE ${BINARY}/schemas/embedded.hpp "// Generated from schemas/sql and schemas/exports.
#pragma once

#include <string_view>

namespace warsha::schemas {

struct Migration {
  int version;
  std::string_view name;
  std::string_view sql;
};
inline constexpr Migration kMigrations[] = {
${migrations}};

inline constexpr std::string_view kConsultationFile = R\"json(${consultation})json\";

} // namespace warsha::schemas
")

file(READ ${SOURCE}/aggregation/administrations.json administrations)
file(READ ${SOURCE}/aggregation/lexicon.json lexicon)
file(READ ${SOURCE}/aggregation/parameters.json parameters)
file(WRITE ${BINARY}/schemas/aggregation.hpp "// Generated from schemas/aggregation.
#pragma once

#include <string_view>

namespace warsha::schemas {

inline constexpr std::string_view kAdministrations = R\"json(${administrations})json\";
inline constexpr std::string_view kLexicon = R\"json(${lexicon})json\";
inline constexpr std::string_view kAggregationParameters = R\"json(${parameters})json\";

} // namespace warsha::schemas
")
