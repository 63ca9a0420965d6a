// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/service.hpp"
#include "platform/http/router.hpp"

namespace beproefd::figures {

enum class ExportFormat { csv, xlsx, json };
BOOST_DESCRIBE_ENUM(ExportFormat, csv, xlsx, json)

struct ExportQuery : FigureFilter {
    std::optional<ExportFormat> format; ///< csv without it
};
BOOST_DESCRIBE_STRUCT(ExportQuery, (FigureFilter), (format))

/// The paths that figure.hpp lists; all public, none changes anything.
void mount(http::Router& routes, Service& figures);

} // namespace beproefd::figures
