// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/service.hpp"

#include "figures/repository.hpp"

namespace beproefd::figures {

Result<bool> Service::load_shipped()
{
    const auto published = read_published(shipped_sources());
    if (!published)
        return published.error();
    return load(*published);
}

Result<bool> Service::load(const Published& published)
{
    auto changed =
        database_.transact([&](storage::Transaction& tx) -> Result<bool> { return Repository{tx}.save(published); });
    if (changed && *changed) {
        const std::lock_guard lock{mutex_};
        catalogue_.reset();
    }
    return changed;
}

std::optional<Day> Service::as_of() const
{
    return database_.read([](storage::Transaction& tx) { return Repository{tx}.as_of(); });
}

Result<std::shared_ptr<const Catalogue>> Service::catalogue()
{
    const std::lock_guard lock{mutex_};
    if (!catalogue_) {
        auto published = database_.read([](storage::Transaction& tx) { return Repository{tx}.load(); });
        if (!published)
            return refuse(reasons::not_loaded);
        catalogue_ = std::make_shared<const Catalogue>(std::move(*published));
    }
    return catalogue_;
}

} // namespace beproefd::figures
