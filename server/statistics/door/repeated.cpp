// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/repeated.hpp"

#include <boost/json/array.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <fmt/format.h>

#include <unordered_set>
#include <vector>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

/// Follows a text through its objects and lists; stops it at a name that its object has already.
class Follower
{
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    const std::optional<std::string>& repeated() const { return repeated_; }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) { return enter(false); }
    bool on_object_end(std::size_t, json::error_code&) { return leave(); }
    bool on_array_begin(json::error_code&) { return enter(true); }
    bool on_array_end(std::size_t, json::error_code&) { return leave(); }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&)
    {
        key_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& failure)
    {
        key_.append(part.data(), part.size());
        auto& object = open_.back();
        object.name = std::move(key_);
        key_.clear();
        if (object.names.insert(object.name).second)
            return true;
        repeated_ = place();
        failure = json::error::extra_data; // any failure: it only ends the walk
        return false;
    }
    bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_string(json::string_view, std::size_t, json::error_code&) { return item(); }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t, json::string_view, json::error_code&) { return item(); }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return item(); }
    bool on_double(double, json::string_view, json::error_code&) { return item(); }
    bool on_bool(bool, json::error_code&) { return item(); }
    bool on_null(json::error_code&) { return item(); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    struct Level {
        bool list = false;
        std::size_t items = 0;                 ///< of a list, those that are complete
        std::unordered_set<std::string> names; ///< of an object
        std::string name;                      ///< the one that is being read
    };

    bool enter(bool list)
    {
        open_.emplace_back().list = list;
        return true;
    }
    bool leave()
    {
        open_.pop_back();
        return item();
    }
    bool item()
    {
        if (!open_.empty())
            ++open_.back().items;
        return true;
    }
    std::string place() const
    {
        std::string path;
        for (const auto& level : open_)
            path += level.list ? fmt::format("[{}]", level.items)
                               : fmt::format("{}{}", path.empty() ? "" : ".", level.name);
        return path;
    }

    std::vector<Level> open_;
    std::string key_;
    std::optional<std::string> repeated_;
};

} // namespace

std::optional<std::string> repeated_member(std::string_view text)
{
    json::basic_parser<Follower> parser{json::parse_options{}};
    json::error_code failure;
    parser.write_some(false, text.data(), text.size(), failure);
    return parser.handler().repeated();
}

} // namespace beproefd::statistics::door
