// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"
#include "quickscan/instrument/instrument.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace beproefd::quickscan {

/// Gives the text of a file that an instrument names (`questionFiles`), by its path beside the instrument; empty when
/// there is none.
using OtherFiles = std::function<std::optional<std::string>(std::string_view path)>;

/// Reads one version of an instrument from YAML. Its questions stand in the file itself or in the files it names
/// under `questionFiles`, in that order. Lists that are not mentioned are empty.
///
/// Refuses, with file, line, column and path of every error at once: what the structs refuse; keys that occur twice
/// or lead nowhere; question numbers that are not 1, 2, 3, …; one part, or more than six; a scored question without
/// explanation, meaning, next step or source; a scale that is not complete; bands with a hole; a crosswalk that names
/// a question twice or not at all; factors and target groups that the vocabularies do not know.
Result<Instrument> read_instrument(std::string_view text, std::string_view file, const OtherFiles& other_files = {});

/// Errors of an instrument that came another way than YAML; pointers lead into it, there are no places.
std::vector<FieldError> wrong_in(const Instrument& instrument);

/// The instrument as one YAML file, in the order of the structs: reading it gives the same instrument.
std::string to_yaml(const Instrument& instrument);

} // namespace beproefd::quickscan
