// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "quickscan/instrument/catalogue.hpp"

#include <filesystem>

namespace beproefd::quickscan {

/// The instruments of the program together with those of a folder of the installation, laid out as data/instruments:
/// KEY/VERSION.yaml. A version that is published there retires the one the program carries, so that an official
/// wording can follow ours without a new program.
///
/// Refuses, with every fault at once: what read_instrument and Instruments::of refuse; a file whose name is not its
/// key and version; and a file that is not a draft without its SHA-256 in published.sha256 of that folder, because
/// what people answered must stay as they read it.
Result<Instruments> instruments_with(const std::filesystem::path& folder);

} // namespace beproefd::quickscan
