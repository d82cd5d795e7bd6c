# Makes publication/embedded.hpp: the templates, the stylesheets and the sentences of the public pages, and the
# contracts that are served.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  file(GLOB warsha_publication_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/server/publication/templates/*
    ${CMAKE_SOURCE_DIR}/client-web/src/messages/fate.*.json ${CMAKE_SOURCE_DIR}/client-web/src/messages/public.*.json ${CMAKE_SOURCE_DIR}/client-web/src/messages/common.*.json
    ${CMAKE_SOURCE_DIR}/client-web/src/messages/mail.*.json
    ${CMAKE_SOURCE_DIR}/schemas/http/openapi.yaml ${CMAKE_SOURCE_DIR}/schemas/http/snapshot.schema.json
    ${CMAKE_SOURCE_DIR}/schemas/codes.json ${CMAKE_SOURCE_DIR}/schemas/exports/record.schema.json
    ${CMAKE_SOURCE_DIR}/schemas/exports/consultation.schema.json ${CMAKE_SOURCE_DIR}/schemas/live/common.schema.json
    ${CMAKE_SOURCE_DIR}/client-web/src/lib/ui/tokens.css ${CMAKE_SOURCE_DIR}/client-web/src/lib/ui/base.css)
  set(warsha_publication_header ${CMAKE_BINARY_DIR}/publication/embedded.hpp)
  list(JOIN warsha_publication_files "|" joined)
  add_custom_command(OUTPUT ${warsha_publication_header}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${joined}" -DHEADER=${warsha_publication_header} -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS ${CMAKE_CURRENT_LIST_FILE} ${warsha_publication_files}
    COMMENT "Embedding the public pages" VERBATIM)
  add_custom_target(warsha_publication_generated DEPENDS ${warsha_publication_header})
  return()
endif()

string(REPLACE "|" ";" FILES "${FILES}")
set(entries "")
foreach(path ${FILES})
  get_filename_component(name ${path} NAME)
  file(READ ${path} content)
  # The sentences of one language are one catalogue: what two files say would hang on their order.
  if(name MATCHES "\\.(ar|fr|en)\\.json$")
    set(language ${CMAKE_MATCH_1})
    string(JSON count LENGTH "${content}")
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
      string(JSON key MEMBER "${content}" ${index})
      if(DEFINED said_${language}_${key})
        message(FATAL_ERROR "${name} and ${said_${language}_${key}} both have \"${key}\"")
      endif()
      set(said_${language}_${key} ${name})
    endforeach()
  endif()
  string(APPEND entries "    {\"${name}\", R\"file(${content})file\"},\n")
endforeach()
file(WRITE ${HEADER} "// Generated from the files that it names.
#pragma once

#include <string_view>

namespace warsha::publication::embedded {

struct File {
  std::string_view name;
  std::string_view content;
};
inline constexpr File kFiles[] = {
${entries}};

} // namespace warsha::publication::embedded
")
