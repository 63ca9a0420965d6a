// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/disclosure/flow.hpp"

#include <algorithm>
#include <limits>

namespace beproefd::statistics::disclosure {

namespace {
constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
}

Network::Network(std::size_t rows, std::size_t columns)
    : rows_(rows), columns_(columns), raise_(rows * columns, 0), lower_(rows * columns, 0),
      change_(rows * columns, 0), layer_(rows + columns), next_(rows + columns), reached_(rows + columns, 0)
{
    queue_.reserve(rows + columns);
}

void Network::set_room(Cell cell, std::int64_t raise, std::int64_t lower)
{
    raise_[cell] = raise;
    lower_[cell] = lower;
}

/// How much more can go from one node to the other: nodes are rows, then columns.
std::int64_t Network::residual(std::size_t from, std::size_t to) const
{
    const bool raises = from < rows_;
    const auto cell = raises ? from * columns_ + (to - rows_) : to * columns_ + (from - rows_);
    if (cell == barred_)
        return 0;
    return raises ? raise_[cell] - change_[cell] : lower_[cell] + change_[cell];
}

void Network::push(std::size_t from, std::size_t to, std::int64_t amount)
{
    if (from < rows_)
        change_[from * columns_ + (to - rows_)] += amount;
    else
        change_[to * columns_ + (from - rows_)] -= amount;
}

bool Network::layers(std::size_t source, std::size_t sink)
{
    std::fill(layer_.begin(), layer_.end(), nowhere);
    queue_.assign(1, source);
    layer_[source] = 0;
    for (std::size_t head = 0; head < queue_.size(); ++head) {
        const auto node = queue_[head];
        const bool row = node < rows_;
        const auto begin = row ? rows_ : 0, end = row ? rows_ + columns_ : rows_;
        for (auto to = begin; to < end; ++to)
            if (layer_[to] == nowhere && residual(node, to) > 0) {
                layer_[to] = layer_[node] + 1;
                queue_.push_back(to);
            }
    }
    return layer_[sink] != nowhere;
}

std::int64_t Network::augment(std::size_t node, std::size_t sink, std::int64_t amount)
{
    if (node == sink)
        return amount;
    const auto end = node < rows_ ? rows_ + columns_ : rows_;
    std::int64_t sent = 0;
    for (auto& to = next_[node]; to < end; ++to) {
        const auto room = residual(node, to);
        if (room <= 0 || layer_[to] != layer_[node] + 1)
            continue;
        const auto through = augment(to, sink, std::min(amount - sent, room));
        if (through == 0)
            continue;
        push(node, to, through);
        sent += through;
        if (sent == amount)
            return sent;
    }
    return sent;
}

std::int64_t Network::freedom(Cell cell, bool rise, std::int64_t enough)
{
    const auto row = cell / columns_, column = rows_ + cell % columns_;
    const auto source = rise ? column : row, sink = rise ? row : column;
    barred_ = cell;
    std::fill(change_.begin(), change_.end(), 0);
    std::int64_t flow = 0;
    while (flow < enough && layers(source, sink)) {
        for (std::size_t node = 0; node < next_.size(); ++node)
            next_[node] = node < rows_ ? rows_ : 0;
        flow += augment(source, sink, enough - flow);
    }
    if (flow < enough)
        for (std::size_t node = 0; node < layer_.size(); ++node)
            reached_[node] = layer_[node] != nowhere ? 1 : 0;
    return flow;
}

} // namespace beproefd::statistics::disclosure
