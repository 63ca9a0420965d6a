// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/instrument.hpp"

#include <algorithm>

namespace beproefd::quickscan {
namespace {

template<class T>
const T* with_key(const std::vector<T>& all, std::string_view key)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.key == key; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

const Question* Instrument::question(std::string_view key) const { return with_key(questions, key); }
const Theme* Instrument::theme(std::string_view key) const { return with_key(themes, key); }
const Block* Instrument::block(std::string_view key) const { return with_key(blocks, key); }

std::vector<const Question*> Instrument::questions_of(std::string_view theme) const
{
    std::vector<const Question*> found;
    for (const auto& one : questions) {
        if (one.theme == theme)
            found.push_back(&one);
    }
    return found;
}

Question for_size(const Question& question, SizeClass size)
{
    Question out = question;
    out.variants.clear();
    for (const auto& variant : question.variants) {
        if (variant.size_class != size)
            continue;
        if (variant.text)
            out.text = *variant.text;
        const auto replace = [](std::optional<Words>& to, const std::optional<Words>& by) {
            if (by)
                to = by;
        };
        replace(out.explanation, variant.explanation);
        replace(out.green, variant.green);
        replace(out.action, variant.action);
        out.hints.insert(out.hints.end(), variant.hints.begin(), variant.hints.end());
        for (const auto& other : variant.parts) {
            for (auto& part : out.parts) {
                if (part.key == other.key)
                    part.text = other.text;
            }
        }
    }
    return out;
}

Instrument for_size(Instrument instrument, SizeClass size)
{
    for (auto& question : instrument.questions)
        question = for_size(question, size);
    return instrument;
}

} // namespace beproefd::quickscan
