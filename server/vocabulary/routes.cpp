// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "vocabulary/routes.hpp"

#include "vocabulary/service.hpp"

namespace beproefd::vocabulary {

void mount(http::Router& routes)
{
    routes
        .get<VocabularyList>("/api/v1/vocabularies", Permission::public_, [](const http::Request&) { return list(); })
        .named("listVocabularies");
    routes
        .get<Vocabulary>("/api/v1/vocabularies/{key}", Permission::public_,
                         [](const http::Request&, const std::string& key) { return vocabulary(key); })
        .named("getVocabulary");
}

} // namespace beproefd::vocabulary
