// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/registry.hpp"

#include <cassert>

namespace beproefd::statistics::door {

void Registry::add(Method method)
{
    assert(!find(method.name) && "two methods with one name");
    std::string name = method.name;
    methods_.emplace(std::move(name), std::move(method));
}

const Method* Registry::find(std::string_view name) const
{
    const auto found = methods_.find(name);
    return found == methods_.end() ? nullptr : &found->second;
}

Registry all_methods()
{
    Registry registry;
    register_effect(registry);
    register_meta(registry);
    register_tests(registry);
    register_boot(registry);
    register_power(registry);
    register_models(registry);
    register_design(registry);
    register_reliability(registry);
    register_missing(registry);
    register_survey(registry);
    register_sdc(registry);
    register_qca(registry);
    register_cost(registry);
    return registry;
}

} // namespace beproefd::statistics::door
