// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/message.hpp"

#include <string>

namespace beproefd::http {

/// The web interface's files, sent by the kernel straight from the file.
///
/// A file that lies beside name.br or name.gz is sent compressed to who takes it. Everything under /assets/ has a
/// hash in its name, so browsers may keep it for ever; the rest is asked for again with its ETag. Any other path that
/// does not look like a file belongs to a page, which the one index.html draws.
class StaticFiles
{
public:
    explicit StaticFiles(std::string folder);

    /// False when the folder has no index.html: the pages are not installed.
    bool installed() const;

    /// The answer to GET or HEAD, or empty when there is no such file.
    std::optional<Response> find(const Request& request) const;

private:
    std::optional<Response> send(const Request& request, const std::string& name) const;

    std::string folder_;
};

} // namespace beproefd::http
