# Makes C++ of the contracts that the server carries inside itself, so that no code, migration or
# schema is written twice:
#   protocol/codes.hpp   from codes.json
#   schemas/embedded.hpp from sql/*.sql and exports/*.json
#   schemas/aggregation.hpp from aggregation/*.json
file(GLOB warsha_migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/schemas/sql/*.sql)
set(warsha_codes_header ${CMAKE_BINARY_DIR}/protocol/codes.hpp)
set(warsha_embedded_header ${CMAKE_BINARY_DIR}/schemas/embedded.hpp)
file(GLOB warsha_aggregation_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/schemas/aggregation/*.json)
set(warsha_aggregation_header ${CMAKE_BINARY_DIR}/schemas/aggregation.hpp)
add_custom_command(
  OUTPUT ${warsha_codes_header} ${warsha_embedded_header} ${warsha_aggregation_header}
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR}/schemas -DBINARY=${CMAKE_BINARY_DIR}
          -P ${CMAKE_SOURCE_DIR}/schemas/generate.cmake
  DEPENDS ${CMAKE_SOURCE_DIR}/schemas/generate.cmake ${CMAKE_SOURCE_DIR}/schemas/codes.json
          ${CMAKE_SOURCE_DIR}/schemas/exports/consultation.schema.json ${warsha_migrations} ${warsha_aggregation_files}
  COMMENT "Generating C++ from schemas")
add_custom_target(warsha_generated DEPENDS ${warsha_codes_header} ${warsha_embedded_header}
  ${warsha_aggregation_header})
