// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/reference.hpp"

#include "statistics/door/analyse.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

/// A pipe or a line end would break a table.
std::string cell(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
    return out;
}

std::string table(const std::vector<Field>& fields, bool defaults)
{
    if (fields.empty())
        return "None.\n";
    std::string out = defaults ? "| member | shape and unit | what it is | default |\n|---|---|---|---|\n"
                               : "| member | shape and unit | what it is |\n|---|---|---|\n";
    for (const auto& field : fields) {
        out += fmt::format("| `{}` | {} | {} |", field.name, cell(field.shape), cell(field.text));
        if (defaults)
            out += field.default_value.empty() ? " |" : fmt::format(" `{}` |", cell(field.default_value));
        out += '\n';
    }
    return out;
}

/// Numbers to seven digits: enough to read, and the same on every machine.
json::value shortened(const json::value& value)
{
    if (value.is_double()) {
        const auto text = fmt::format("{:.7g}", value.get_double());
        double number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    }
    if (value.is_array()) {
        json::array out;
        for (const auto& item : value.get_array())
            out.push_back(shortened(item));
        return out;
    }
    if (value.is_object()) {
        json::object out;
        for (const auto& member : value.get_object())
            out[member.key()] = shortened(member.value());
        return out;
    }
    return value;
}

/// JSON with one member of the outer objects a line.
std::string laid_out(const json::value& value, int depth = 0)
{
    if (!value.is_object() || depth > 1 || value.get_object().empty())
        return write_json(value);
    const std::string indent(static_cast<std::size_t>(depth + 1) * 2, ' ');
    std::string out = "{";
    for (const auto& member : value.get_object())
        out += fmt::format("{}\n{}{}: {}", out.size() > 1 ? "," : "", indent, write_json(json::string(member.key())),
                           laid_out(member.value(), depth + 1));
    return out + "\n" + std::string(static_cast<std::size_t>(depth) * 2, ' ') + "}";
}

std::string example(const Registry& registry, const Page& page)
{
    json::error_code failure;
    const auto request = json::parse(page.example, failure);
    if (failure)
        return "";
    auto reply = json::parse(analyse(registry, page.example, {}).text);
    reply.as_object().erase("meta"); // the time it took is another one each time
    return fmt::format(
        "## Example\n\n```json\n{}\n```\n\nThe reply, numbers shortened to seven digits:\n\n```json\n{}\n```\n",
        laid_out(request), laid_out(shortened(reply)));
}

std::string page_of(const Registry& registry, const Method& method)
{
    const Page& page = method.page;
    std::string out =
        fmt::format("# {}: {}\n\n<!-- Written by statistics_reference from the program; change it there. -->\n\n",
                    method.name, page.title);
    out += fmt::format("{}\n\n**When not.** {}\n\n", page.purpose, page.when_not);
    out += "## Data\n\n" + table(page.data, false);
    out += "\n## Options\n\n" + table(page.options, true);
    out += "\n## Result\n\n" + table(page.result, false);
    out += fmt::format("\n## How it is computed\n\n{}\n", page.formula);
    if (!page.sources.empty()) {
        out += "\nSources:\n\n";
        for (const auto& source : page.sources)
            out += fmt::format("- {}\n", source);
    }
    if (!page.pitfalls.empty()) {
        out += "\n## Pitfalls\n\n";
        for (const auto& pitfall : page.pitfalls)
            out += fmt::format("- {}\n", pitfall);
    }
    if (!page.peer.empty())
        out += fmt::format("\n## In R\n\n{}{}\n", page.peer,
                           method.as_r ? ". `beproefd analyse --as-r < request.json` prints the script." : "");
    if (!page.example.empty())
        out += "\n" + example(registry, page);
    return out;
}

} // namespace

std::map<std::string, std::string> reference_pages(const Registry& registry)
{
    std::map<std::string, std::string> pages;
    std::string index = "# Methods of the statistics engine\n\n"
                        "<!-- Written by statistics_reference from the program; change it there. -->\n\n"
                        "How to ask: [the contract](contract.md). What each method is for:\n\n"
                        "| method | what it is | when to use it |\n|---|---|---|\n";
    for (const auto& [name, method] : registry.methods()) {
        pages[name + ".md"] = page_of(registry, method);
        index +=
            fmt::format("| [{0}]({0}.md) | {1} | {2} |\n", name, cell(method.page.title), cell(method.page.purpose));
    }
    pages["README.md"] = std::move(index);
    return pages;
}

} // namespace beproefd::statistics::door
