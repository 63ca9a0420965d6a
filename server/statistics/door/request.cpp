// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/request.hpp"

#include "statistics/limits.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

std::string option_path(std::string_view name) { return fmt::format("options.{}", name); }
std::string data_path(std::string_view name) { return fmt::format("data.{}", name); }

std::optional<double> as_double(const json::value& value)
{
    if (const auto* number = value.if_double())
        return std::isfinite(*number) ? std::optional(*number) : std::nullopt;
    if (const auto* number = value.if_int64())
        return static_cast<double>(*number);
    if (const auto* number = value.if_uint64())
        return static_cast<double>(*number);
    return std::nullopt;
}

std::string describe(Range range)
{
    const double largest = std::numeric_limits<double>::max();
    if (range.low > -largest && range.high < largest)
        return fmt::format("a number {} {} {} {}", range.low_included ? "from" : "above", range.low,
                           range.high_included ? "up to and including" : "and below", range.high);
    if (range.low > -largest)
        return fmt::format("a number {} {}", range.low_included ? "of at least" : "above", range.low);
    if (range.high < largest)
        return fmt::format("a number {} {}", range.high_included ? "of at most" : "below", range.high);
    return "a finite number";
}

std::optional<std::string> label_text(const json::value& value)
{
    if (const auto* text = value.if_string())
        return std::string(*text);
    if (const auto* number = value.if_int64())
        return fmt::format("{}", *number);
    if (const auto* number = value.if_uint64())
        return fmt::format("{}", *number);
    if (const auto* number = value.if_double(); number && std::isfinite(*number))
        return fmt::format("{}", *number);
    if (const auto* flag = value.if_bool())
        return *flag ? "true" : "false";
    return std::nullopt;
}

} // namespace

void Request::refuse(Error error)
{
    if (!error_)
        error_ = std::move(error);
}

void Request::warn(std::string code, std::string message, std::string path)
{
    warnings_.push_back({std::move(code), std::move(message), std::move(path)});
}

void Request::warn(const Warnings& warnings) { warnings_.insert(warnings_.end(), warnings.begin(), warnings.end()); }

const json::value* Request::given(const json::object& object, std::string_view name)
{
    const json::value* value = object.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
}

const json::value* Request::require_data(std::string_view name)
{
    const auto* value = data(name);
    if (!value)
        refuse({ErrorCode::missing_field, fmt::format("The method {} needs '{}' in data.", method_, name),
                data_path(name)});
    return value;
}

const json::value* Request::require_option(std::string_view name)
{
    const auto* value = option(name);
    if (!value)
        refuse({ErrorCode::missing_field, fmt::format("The method {} needs the option '{}'.", method_, name),
                option_path(name)});
    return value;
}

std::optional<double> Request::read_number(const json::value& value, Range range, const std::string& path,
                                           ErrorCode code)
{
    const auto number = as_double(value);
    if (number && range.contains(*number))
        return number;
    refuse({code, fmt::format("'{}' has to be {}.", path, describe(range)), path});
    return std::nullopt;
}

std::optional<std::int64_t> Request::read_integer(const json::value& value, std::int64_t low, std::int64_t high,
                                                  const std::string& path, ErrorCode code)
{
    const auto number = as_double(value);
    if (number && std::floor(*number) == *number && *number >= static_cast<double>(low) &&
        *number <= static_cast<double>(high))
        return static_cast<std::int64_t>(*number);
    refuse(
        {code, fmt::format("'{}' has to be a whole number from {} up to and including {}.", path, low, high), path});
    return std::nullopt;
}

double Request::data_number(std::string_view name, Range range)
{
    const auto* value = require_data(name);
    return value ? read_number(*value, range, data_path(name), ErrorCode::invalid_data).value_or(0) : 0;
}

std::int64_t Request::data_integer(std::string_view name, std::int64_t low, std::int64_t high)
{
    const auto* value = require_data(name);
    return value ? read_integer(*value, low, high, data_path(name), ErrorCode::invalid_data).value_or(low) : low;
}

double Request::number(std::string_view name, double default_value, Range range)
{
    return optional_number(name, range).value_or(default_value);
}

std::optional<double> Request::optional_number(std::string_view name, Range range)
{
    const auto* value = option(name);
    return value ? read_number(*value, range, option_path(name), ErrorCode::invalid_option) : std::nullopt;
}

double Request::required_number(std::string_view name, Range range)
{
    require_option(name);
    return optional_number(name, range).value_or(0);
}

std::int64_t Request::integer(std::string_view name, std::int64_t default_value, std::int64_t low, std::int64_t high)
{
    return optional_integer(name, low, high).value_or(default_value);
}

std::optional<std::int64_t> Request::optional_integer(std::string_view name, std::int64_t low, std::int64_t high)
{
    const auto* value = option(name);
    return value ? read_integer(*value, low, high, option_path(name), ErrorCode::invalid_option) : std::nullopt;
}

std::int64_t Request::required_integer(std::string_view name, std::int64_t low, std::int64_t high)
{
    require_option(name);
    return optional_integer(name, low, high).value_or(low);
}

bool Request::flag(std::string_view name, bool default_value)
{
    const auto* value = option(name);
    if (!value)
        return default_value;
    if (const auto* flag = value->if_bool())
        return *flag;
    refuse(invalid_option(fmt::format("'{}' has to be true or false.", option_path(name)), option_path(name)));
    return default_value;
}

std::string Request::text(std::string_view name, std::string_view default_value)
{
    const auto* value = option(name);
    if (!value)
        return std::string(default_value);
    if (const auto* text = value->if_string())
        return std::string(*text);
    refuse(invalid_option(fmt::format("'{}' has to be a text.", option_path(name)), option_path(name)));
    return std::string(default_value);
}

std::optional<std::size_t> Request::chosen_index(std::string_view name, std::span<const std::string_view> names,
                                                 bool required)
{
    const auto* value = required ? require_option(name) : option(name);
    if (!value)
        return std::nullopt;
    if (const auto* text = value->if_string()) {
        const auto found = std::find(names.begin(), names.end(), std::string_view(*text));
        if (found != names.end())
            return static_cast<std::size_t>(found - names.begin());
    }
    refuse(invalid_option(fmt::format("'{}' has to be one of: {}.", option_path(name), fmt::join(names, ", ")),
                          option_path(name)));
    return std::nullopt;
}

std::uint64_t Request::seed()
{
    std::uint64_t seed = 20240101;
    if (const auto* value = option("seed")) {
        if (const auto* number = value->if_uint64())
            seed = *number;
        else if (const auto* signed_number = value->if_int64(); signed_number && *signed_number >= 0)
            seed = static_cast<std::uint64_t>(*signed_number);
        else
            refuse(invalid_option("'options.seed' has to be a whole number from 0 up to 18446744073709551615.",
                                  "options.seed"));
    }
    used_seed_ = seed;
    return seed;
}

std::size_t Request::replicates(std::string_view name, std::size_t default_value)
{
    const auto count = integer(name, static_cast<std::int64_t>(default_value), 1, std::int64_t{1} << 53);
    if (count > static_cast<std::int64_t>(limits::resamples)) {
        refuse(too_large(fmt::format("'{}' may be {} at most.", option_path(name), limits::resamples),
                         option_path(name)));
        return default_value;
    }
    return static_cast<std::size_t>(count);
}

// --- rows
// -----------------------------------------------------------------------------------------------------------

void Rows::set_length(std::size_t length, const std::string& path)
{
    if (!length_) {
        length_ = length;
        first_column_ = path;
    } else if (*length_ != length) {
        request_.refuse(invalid_data(
            fmt::format("'{}' has {} values where the columns before it have {}.", path, length, *length_), path));
    }
}

const std::vector<double>& Rows::read_column(const json::value& value, std::string path, Range range, bool whole)
{
    auto& column = numbers_.emplace_back();
    column.path = path;
    const auto* array = value.if_array();
    if (!array) {
        request_.refuse(invalid_data(fmt::format("'{}' has to be a list of numbers.", path), path));
        return column.values;
    }
    if (array->size() > most_) {
        request_.refuse(
            too_large(fmt::format("'{}' has {} values; {} is the most.", path, array->size(), most_), path));
        return column.values;
    }
    set_length(array->size(), path);
    column.values.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        const auto& item = (*array)[i];
        const auto number = as_double(item);
        if (!item.is_null() && (!number || !range.contains(*number) || (whole && std::floor(*number) != *number))) {
            const auto place = fmt::format("{}[{}]", path, i);
            request_.refuse(invalid_data(
                whole ? fmt::format("'{}' has to be a whole number, {}.", place, describe(range))
                      : fmt::format("'{}' has to be {}, or null when it is missing.", place, describe(range)),
                place));
            column.values.clear();
            return column.values;
        }
        column.values.push_back(item.is_null() ? not_a_number : *number);
    }
    return column.values;
}

const std::vector<double>& Rows::numbers(std::string_view name, Range range)
{
    if (const auto* value = request_.require_data(name))
        return read_column(*value, data_path(name), range, false);
    return numbers_.emplace_back().values;
}

const std::vector<double>& Rows::integers(std::string_view name, Range range)
{
    if (const auto* value = request_.require_data(name))
        return read_column(*value, data_path(name), range, true);
    return numbers_.emplace_back().values;
}

const std::vector<double>& Rows::optional_numbers(std::string_view name, Range range)
{
    if (const auto* value = request_.data(name))
        return read_column(*value, data_path(name), range, false);
    return numbers_.emplace_back().values;
}

const std::vector<std::size_t>& Rows::labels(std::string_view name)
{
    if (const auto* value = request_.require_data(name))
        return labels_in(*value, data_path(name));
    return labels_.emplace_back().values;
}

const std::vector<std::size_t>& Rows::optional_labels(std::string_view name)
{
    if (const auto* value = request_.data(name))
        return labels_in(*value, data_path(name));
    return labels_.emplace_back().values;
}

const std::vector<std::size_t>& Rows::labels_in(const json::value& value, std::string path)
{
    auto& column = labels_.emplace_back();
    column.path = path;
    const auto* array = value.if_array();
    if (!array) {
        request_.refuse(invalid_data(fmt::format("'{}' has to be a list of labels.", path), path));
        return column.values;
    }
    if (array->size() > most_) {
        request_.refuse(
            too_large(fmt::format("'{}' has {} values; {} is the most.", path, array->size(), most_), path));
        return column.values;
    }
    set_length(array->size(), path);
    std::unordered_map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < array->size(); ++i) {
        const auto& item = (*array)[i];
        if (item.is_null()) {
            column.values.push_back(missing_label);
            continue;
        }
        auto text = label_text(item);
        if (!text) {
            const auto place = fmt::format("{}[{}]", path, i);
            request_.refuse(invalid_data(fmt::format("'{}' has to be a text or a number.", place), place));
            column.values.clear();
            return column.values;
        }
        const auto [found, added] = numbers.try_emplace(*text, column.texts.size());
        if (added)
            column.texts.push_back(std::move(*text));
        column.values.push_back(found->second);
    }
    return column.values;
}

const std::vector<std::string>& Rows::label_texts(const std::vector<std::size_t>& column) const
{
    const auto found = std::find_if(labels_.begin(), labels_.end(),
                                    [&](const LabelColumn& labels) { return &labels.values == &column; });
    assert(found != labels_.end());
    return found->texts;
}

const std::vector<Regressor>& Rows::regressors(std::string_view name, bool required, Range range)
{
    const auto* value = required ? request_.require_data(name) : request_.data(name);
    if (!value)
        return regressors_;
    const auto path = data_path(name);
    const auto* list = value->if_array();
    if (!list) {
        request_.refuse(
            invalid_data(fmt::format("'{}' has to be a list of {{\"name\":…,\"values\":[…]}}.", path), path));
        return regressors_;
    }
    if (list->size() > limits::regressors) {
        request_.refuse(too_large(
            fmt::format("'{}' has {} columns; {} is the most.", path, list->size(), limits::regressors), path));
        return regressors_;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto place = fmt::format("{}[{}]", path, i);
        const auto* column = (*list)[i].if_object();
        const auto* label = column ? column->if_contains("name") : nullptr;
        const auto* values = column ? column->if_contains("values") : nullptr;
        if (!label || !label->is_string() || !values) {
            request_.refuse(
                invalid_data(fmt::format("'{}' has to be an object with a name and values.", place), place));
            return regressors_;
        }
        for (const auto& member : *column)
            if (member.key() != "name" && member.key() != "values")
                request_.refuse(invalid_data(
                    fmt::format("'{}' has an unknown member '{}'.", place, std::string_view(member.key())),
                    fmt::format("{}.{}", place, std::string_view(member.key()))));
        std::string column_name{label->get_string()};
        const bool taken = std::any_of(regressors_.begin(), regressors_.end(),
                                       [&](const Regressor& earlier) { return earlier.name == column_name; });
        if (column_name.empty() || column_name == "(intercept)" || taken)
            request_.refuse(invalid_data(column_name.empty() ? fmt::format("'{}' needs a name.", place)
                                         : taken ? fmt::format("The name '{}' is given twice.", column_name)
                                                 : "The name '(intercept)' is that of the column of ones.",
                                         place + ".name"));
        read_column(*values, place + ".values", range, false);
        regressors_.push_back({std::move(column_name), {}});
        regressor_paths_.push_back(place + ".values");
    }
    return regressors_;
}

void Rows::complete()
{
    if (request_.refused())
        return;
    const std::size_t length = length_.value_or(0);
    std::string first_missing;
    kept_.reserve(length);
    for (std::size_t row = 0; row < length; ++row) {
        const std::string* missing_in = nullptr;
        for (const auto& column : numbers_)
            if (!column.path.empty() && std::isnan(column.values[row])) {
                missing_in = &column.path;
                break;
            }
        for (const auto& column : labels_)
            if (!missing_in && !column.path.empty() && column.values[row] == missing_label)
                missing_in = &column.path;
        if (!missing_in) {
            kept_.push_back(row);
            continue;
        }
        if (dropped_++ == 0)
            first_missing = fmt::format("{}[{}]", *missing_in, row);
    }
    if (dropped_ > 0) {
        for (auto& column : numbers_)
            if (!column.path.empty()) {
                for (std::size_t i = 0; i < kept_.size(); ++i)
                    column.values[i] = column.values[kept_[i]];
                column.values.resize(kept_.size());
            }
        for (auto& column : labels_)
            if (!column.path.empty()) {
                // Numbered anew, so that labels of dropped rows leave no empty numbers behind.
                std::vector<std::size_t> renumbered(column.texts.size(), missing_label);
                std::vector<std::string> texts;
                for (std::size_t i = 0; i < kept_.size(); ++i) {
                    const std::size_t label = column.values[kept_[i]];
                    if (renumbered[label] == missing_label) {
                        renumbered[label] = texts.size();
                        texts.push_back(column.texts[label]);
                    }
                    column.values[i] = renumbered[label];
                }
                column.values.resize(kept_.size());
                column.texts = std::move(texts);
            }
        request_.warn("dropped_missing",
                      fmt::format("{} of {} rows have a missing value and are left out.", dropped_, length),
                      first_missing);
    }
    for (std::size_t i = 0; i < regressors_.size(); ++i)
        for (const auto& column : numbers_)
            if (column.path == regressor_paths_[i])
                regressors_[i].values = column.values;
    if (kept_.empty())
        request_.refuse(length == 0 ? insufficient_data("There are no rows.", first_column_)
                                    : insufficient_data("No complete row is left.", first_missing));
}

void Rows::complete_without_missing()
{
    const auto refuse_missing = [&](const auto& columns, auto missing) {
        for (const auto& column : columns)
            for (std::size_t i = 0; i < column.values.size(); ++i)
                if (missing(column.values[i])) {
                    const auto place = fmt::format("{}[{}]", column.path, i);
                    request_.refuse(invalid_data(fmt::format("'{}' is missing.", place), place));
                }
    };
    refuse_missing(numbers_, [](double value) { return std::isnan(value); });
    refuse_missing(labels_, [](std::size_t label) { return label == missing_label; });
    complete();
}

Design Rows::design()
{
    const bool intercept = request_.flag("intercept", true);
    if (request_.refused())
        return intercept_only(size());
    if (!intercept && regressors_.empty())
        request_.refuse(
            invalid_option("Without an intercept there has to be a column in data.x.", "options.intercept"));
    // A design of gigabytes is refused before its memory is asked for.
    if ((regressors_.size() + 1) * size() > 100 * limits::observations) {
        request_.refuse(too_large("There are too many rows times columns in data.x.", "data.x"));
        return intercept_only(1);
    }
    Design design = design_of(regressors_, intercept, size());
    if (request_.refused())
        return design;
    const auto rank = check_rank(design);
    if (!rank)
        request_.refuse(rank.error());
    return design;
}

// --- results
// --------------------------------------------------------------------------------------------------------

json::value json_number(double value) { return std::isfinite(value) ? json::value(value) : json::value(nullptr); }

json::value json_number(const std::optional<double>& value)
{
    return value ? json_number(*value) : json::value(nullptr);
}

json::array json_numbers(std::span<const double> values)
{
    json::array array;
    array.reserve(values.size());
    for (const double value : values)
        array.push_back(json_number(value));
    return array;
}

json::object json_coefficient(const Coefficient& coefficient)
{
    return {{"estimate", json_number(coefficient.estimate)},
            {"se", json_number(coefficient.standard_error)},
            {"stat", json_number(coefficient.statistic)},
            {"df", json_number(coefficient.df)},
            {"p", json_number(coefficient.p)},
            {"ci_lo", json_number(coefficient.ci_lo)},
            {"ci_hi", json_number(coefficient.ci_hi)}};
}

json::array json_coefficients(std::span<const Coefficient> coefficients)
{
    json::array array;
    for (const auto& coefficient : coefficients) {
        json::object named{{"name", coefficient.name}};
        for (auto& member : json_coefficient(coefficient))
            named.emplace(member.key(), std::move(member.value()));
        array.push_back(std::move(named));
    }
    return array;
}

} // namespace beproefd::statistics::door
