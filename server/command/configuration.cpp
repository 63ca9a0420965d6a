// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/configuration.hpp"

#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace beproefd::command {

namespace {

std::string quoted(std::string_view text)
{
    std::string out;
    describe::write_text(out, text);
    return out;
}

/// The value of a variable as TOML would write it for a setting of this type; what does not fit is left a text, which
/// the reader then refuses.
template<class Value>
std::string as_toml(std::string_view text)
{
    if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
        std::string list;
        for (std::size_t at = 0; at <= text.size();) {
            const auto end = std::min(text.find(',', at), text.size());
            list += (list.empty() ? "" : ",") + quoted(text.substr(at, end - at));
            at = end + 1;
        }
        return "[" + list + "]";
    } else if constexpr (std::is_same_v<Value, bool>) {
        if (text == "true" || text == "1")
            return "true";
        return text == "false" || text == "0" ? "false" : quoted(text);
    } else {
        const bool digits =
            text.size() < 19 &&
            std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= '0' && c <= '9'; });
        return !std::is_same_v<Value, std::string> && digits ? std::string{text} : quoted(text);
    }
}

} // namespace

Result<Configuration> with_environment(Configuration configuration)
{
    std::vector<FieldError> errors;
    boost::mp11::mp_for_each<describe::Members<Configuration>>([&](auto member) {
        auto& setting = configuration.*member.pointer;
        using Value = typename std::remove_reference_t<decltype(setting)>::value_type;
        std::string key = member.name;
        std::string variable = "BEPROEFD_";
        for (const char c : key)
            variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const char* const said = std::getenv(variable.c_str());
        if (said == nullptr || *said == '\0')
            return;
        auto one = describe::read_toml<Configuration>(key + " = " + as_toml<Value>(said) + "\n", variable);
        if (!one)
            errors.insert(errors.end(), one.error().fields.begin(), one.error().fields.end());
        else
            setting = (*one).*member.pointer;
    });
    if (!errors.empty())
        return invalid(std::move(errors));
    return configuration;
}

Result<Configuration> read_configuration(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    if (!file)
        return invalid({FieldError{.pointer = "", .code = "file-unreadable", .parameters = {{"file", path}}}});
    std::ostringstream text;
    text << file.rdbuf();
    return describe::read_toml<Configuration>(text.view(), path);
}

} // namespace beproefd::command
