// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/picture/commands.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/read.hpp"
#include "statistics/picture/plot.hpp"

#include <fmt/format.h>

#include <istream>
#include <iterator>
#include <optional>
#include <ostream>

namespace beproefd::embedded {
std::span<const File> sentences();
}

namespace beproefd::statistics::picture {

namespace {

constexpr int wrong_input = 2, wrong_usage = 64;

Texts::Entries entries()
{
    const auto& file = embedded::sentences().front();
    auto read = describe::read_yaml<Texts::Entries>(file.content, file.path);
    if (!read)
        throw std::runtime_error("the sentences of the figures cannot be read");
    return std::move(*read);
}

struct Arguments {
    std::optional<Language> language;
    std::vector<std::string> others;
};

std::optional<Arguments> parse(std::span<const std::string> arguments)
{
    Arguments words;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string value;
        if (arguments[i] == "--language" && i + 1 < arguments.size())
            value = arguments[++i];
        else if (arguments[i].starts_with("--language="))
            value = arguments[i].substr(11);
        else if (arguments[i].starts_with("-") && arguments[i] != "--help" && arguments[i] != "-h")
            return std::nullopt;
        else {
            words.others.push_back(arguments[i]);
            continue;
        }
        if (value != "nl" && value != "en")
            return std::nullopt;
        words.language = value == "en" ? Language::en : Language::nl;
    }
    return words;
}

bool asks_help(const Arguments& words)
{
    return !words.others.empty() && (words.others.front() == "--help" || words.others.front() == "-h");
}

template<class Make>
int answer(const Arguments& words, std::istream& in, std::ostream& out, std::ostream& error, Make&& make)
{
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto exchange = Exchange::read(text);
    const auto made = exchange ? make(*exchange, Texts{entries(), words.language.value_or(exchange->language())})
                               : Outcome<std::string>(exchange.error());
    if (!made) {
        error << made.error().message << (made.error().path.empty() ? "" : " (" + made.error().path + ")") << '\n';
        return wrong_input;
    }
    out << *made;
    return 0;
}

std::string plot_usage()
{
    std::string list;
    for (const auto kind : kinds())
        list += fmt::format(" {}", kind);
    return "usage: beproefd plot KIND [--language nl|en] < exchange.json > figure.svg\n"
           "  reads what `beproefd analyse --keep-request` wrote and draws it as SVG\n  KIND is one of" +
           list + "\n";
}

constexpr std::string_view explain_usage = "usage: beproefd explain [--language nl|en] < exchange.json\n"
                                           "  reads what `beproefd analyse --keep-request` wrote and says in two or "
                                           "three plain sentences what it means\n";

} // namespace

const std::string& sentences_file()
{
    static const std::string text{embedded::sentences().front().content};
    return text;
}

int plot_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& error)
{
    const auto words = parse(arguments);
    if (words && asks_help(*words)) {
        out << plot_usage();
        return 0;
    }
    if (!words || words->others.size() != 1) {
        error << plot_usage();
        return wrong_usage;
    }
    return answer(*words, in, out, error, [&](const Exchange& exchange, const Texts& texts) {
        return plot(words->others.front(), exchange, texts);
    });
}

int explain_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& error)
{
    const auto words = parse(arguments);
    if (words && asks_help(*words)) {
        out << explain_usage;
        return 0;
    }
    if (!words || !words->others.empty()) {
        error << explain_usage;
        return wrong_usage;
    }
    return answer(*words, in, out, error,
                  [](const Exchange& exchange, const Texts& texts) { return explain(exchange, texts); });
}

} // namespace beproefd::statistics::picture
