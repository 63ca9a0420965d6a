// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/data_file.hpp"

#include <charconv>

namespace beproefd::describe {

const Node& nearest(const Node& root, std::string_view pointer)
{
    const Node* at = &root;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const auto end = std::min(pointer.find('/'), pointer.size());
        const std::string_view step = pointer.substr(0, end);
        pointer.remove_prefix(end);
        const Node* next = at->find(step);
        if (at->type == Node::Type::array) {
            std::size_t index = 0;
            const auto [stop, fault] = std::from_chars(step.data(), step.data() + step.size(), index);
            if (fault == std::errc{} && stop == step.data() + step.size() && index < at->items.size())
                next = &at->items[index];
        }
        if (!next)
            break;
        at = next;
    }
    return *at;
}

} // namespace beproefd::describe
