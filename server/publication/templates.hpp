#pragma once

#include "server/publication/texts.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace warsha::publication {

/// Fills a template of the folder `templates`. A string or number of the model replaces {{its name}}, escaped
/// for the place where it stands (HTML, attribute, URL, XML); an object, a true or each element of an array
/// shows the section of its name. [[key]] is the sentence of the language. Thread-safe. Throws
/// std::runtime_error when there is no such template.
[[nodiscard]] std::string fill(std::string_view name, const Texts& texts, const nlohmann::json& model);

/// A contract of schemas/ by its file's name. Throws std::runtime_error when it is not carried along.
[[nodiscard]] std::string_view contract(std::string_view name);

/// What all pages share in looks, as one stylesheet, with a name that changes with it:
/// "/publication-HASH.css".
[[nodiscard]] const std::string& stylesheet();
[[nodiscard]] const std::string& stylesheet_path();

} // namespace warsha::publication
