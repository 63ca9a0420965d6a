// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/outcome.hpp"
#include "statistics/parallel.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace beproefd::statistics::door {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// Which numbers an option or a column may hold. Not a number and infinities never pass.
struct Range {
    double low = -infinity;
    double high = infinity;
    bool low_included = true;
    bool high_included = true;

    bool contains(double value) const
    {
        return (low_included ? value >= low : value > low) && (high_included ? value <= high : value < high);
    }
};

inline constexpr Range any_number{-std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
inline constexpr Range positive{0, std::numeric_limits<double>::max(), false, true};
inline constexpr Range not_negative{0, std::numeric_limits<double>::max()};
inline constexpr Range fraction{0, 1};
inline constexpr Range open_fraction{0, 1, false, false};

/// A refused request remembers its first error. Every reader below returns a harmless value once something is wrong,
/// so a method reads all it needs and asks once:
///
///     const auto test = request.choice<Test>("test", {{"z", Test::z}, {"knha", Test::knha}}, Test::z);
///     Rows rows{request, limits::studies};
///     const auto& yi = rows.numbers("yi");
///     const auto& vi = rows.numbers("vi", not_negative);
///     rows.complete();
///     if (request.refused())
///         return request.error();
class Request
{
public:
    Request(std::string method, boost::json::object data, boost::json::object options, Execution execution = {})
        : method_(std::move(method)), data_(std::move(data)), options_(std::move(options)),
          execution_(std::move(execution))
    {
    }

    const std::string& method() const { return method_; }
    const Execution& execution() const { return execution_; }

    /// Keeps the first refusal only.
    void refuse(Error error);
    bool refused() const { return error_.has_value(); }
    const Error& error() const { return *error_; }

    void warn(std::string code, std::string message, std::string path = {});
    /// Takes over the warnings of an outcome.
    void warn(const Warnings& warnings);
    const Warnings& warnings() const { return warnings_; }

    // --- data -----------------------------------------------------------------------------------------------------

    /// Null counts as absent.
    bool has_data(std::string_view name) const { return given(data_, name) != nullptr; }
    /// The member as it came; null pointer when it is absent or null.
    const boost::json::value* data(std::string_view name) const { return given(data_, name); }
    /// The same, refused with missing_field when absent.
    const boost::json::value* require_data(std::string_view name);

    /// One number or one whole number of data; refused when absent.
    double data_number(std::string_view name, Range range = any_number);
    std::int64_t data_integer(std::string_view name, std::int64_t low, std::int64_t high);

    // --- options: absent or null gives the default
    // ------------------------------------------------------------------

    bool has_option(std::string_view name) const { return given(options_, name) != nullptr; }
    const boost::json::value* option(std::string_view name) const { return given(options_, name); }
    const boost::json::value* require_option(std::string_view name);

    double number(std::string_view name, double default_value, Range range = any_number);
    std::optional<double> optional_number(std::string_view name, Range range = any_number);
    /// Refused with missing_field when absent.
    double required_number(std::string_view name, Range range = any_number);

    std::int64_t integer(std::string_view name, std::int64_t default_value, std::int64_t low, std::int64_t high);
    std::optional<std::int64_t> optional_integer(std::string_view name, std::int64_t low, std::int64_t high);
    std::int64_t required_integer(std::string_view name, std::int64_t low, std::int64_t high);

    bool flag(std::string_view name, bool default_value);
    std::string text(std::string_view name, std::string_view default_value);

    template<class T>
    T choice(std::string_view name, std::initializer_list<std::pair<std::string_view, T>> values, T default_value)
    {
        return chosen(name, values, std::optional<T>(default_value)).value_or(default_value);
    }
    /// Refused with missing_field when absent; then the first value is returned.
    template<class T>
    T required_choice(std::string_view name, std::initializer_list<std::pair<std::string_view, T>> values)
    {
        return chosen(name, values, std::optional<T>{}).value_or(values.begin()->second);
    }

    /// `level` (0.95), strictly between 0 and 1.
    double level() { return number("level", 0.95, open_fraction); }
    /// `alpha` (0.05), strictly between 0 and 1.
    double alpha() { return number("alpha", 0.05, open_fraction); }
    /// `seed` (20240101), any unsigned 64-bit number. Also shown in `meta` of the reply.
    std::uint64_t seed();
    std::optional<std::uint64_t> used_seed() const { return used_seed_; }
    /// A count of random replicates; more than limits::resamples is too_large.
    std::size_t replicates(std::string_view name, std::size_t default_value);

private:
    static const boost::json::value* given(const boost::json::object& object, std::string_view name);
    std::optional<double> read_number(const boost::json::value& value, Range range, const std::string& path,
                                      ErrorCode code);
    std::optional<std::int64_t> read_integer(const boost::json::value& value, std::int64_t low, std::int64_t high,
                                             const std::string& path, ErrorCode code);
    std::optional<std::size_t> chosen_index(std::string_view name, std::span<const std::string_view> names,
                                            bool required);

    template<class T>
    std::optional<T> chosen(std::string_view name, std::initializer_list<std::pair<std::string_view, T>> values,
                            std::optional<T> default_value)
    {
        std::vector<std::string_view> names;
        for (const auto& value : values)
            names.push_back(value.first);
        const auto index = chosen_index(name, names, !default_value);
        return index ? std::optional<T>((values.begin() + *index)->second) : default_value;
    }

    std::string method_;
    boost::json::object data_;
    boost::json::object options_;
    Execution execution_;
    std::optional<Error> error_;
    Warnings warnings_;
    std::optional<std::uint64_t> used_seed_;
};

/// Columns of one length, read together so that a row with a null anywhere is dropped from all of them.
///
/// The references stay valid as long as the Rows; before complete() columns are unfiltered and nulls are NaN.
class Rows
{
public:
    /// More rows than `most` are too_large.
    Rows(Request& request, std::size_t most) : request_(request), most_(most) {}
    Rows(const Rows&) = delete;

    /// A required column of numbers.
    const std::vector<double>& numbers(std::string_view name, Range range = any_number);
    /// A required column of whole numbers (as doubles).
    const std::vector<double>& integers(std::string_view name, Range range = any_number);
    /// An empty column when absent.
    const std::vector<double>& optional_numbers(std::string_view name, Range range = any_number);
    /// A required column of labels, numbered 0, 1, … in order of first appearance: strings, whole numbers or
    /// booleans; null is missing.
    const std::vector<std::size_t>& labels(std::string_view name);
    const std::vector<std::size_t>& optional_labels(std::string_view name);
    /// Labels that stand elsewhere than directly in data, such as data.levels[0].ids.
    const std::vector<std::size_t>& labels_in(const boost::json::value& value, std::string path);
    /// The texts of the labels of a column, in numbering order.
    const std::vector<std::string>& label_texts(const std::vector<std::size_t>& column) const;
    /// [{"name","values"}, …]: empty when absent and not required. Each name once, and none that of the intercept.
    const std::vector<Regressor>& regressors(std::string_view name, bool required, Range range = any_number);

    /// Compares the lengths, drops rows with a missing value and warns about it, and refuses when nothing is left.
    void complete();
    /// The same but nothing may be missing: a null is invalid_data.
    void complete_without_missing();

    /// Rows that are left.
    std::size_t size() const { return kept_.size(); }
    std::size_t dropped() const { return dropped_; }
    /// Row i as it was numbered in the request.
    std::size_t original_row(std::size_t i) const { return kept_[i]; }

    /// The regressors read by regressors("x") with an intercept first unless options.intercept is false; refuses
    /// collinear columns.
    Design design();

private:
    struct NumberColumn {
        std::string path;
        std::vector<double> values;
    };
    struct LabelColumn {
        std::string path;
        std::vector<std::size_t> values;
        std::vector<std::string> texts;
    };
    static constexpr std::size_t missing_label = static_cast<std::size_t>(-1);

    const std::vector<double>& read_column(const boost::json::value& value, std::string path, Range range,
                                           bool whole);
    void set_length(std::size_t length, const std::string& path);

    Request& request_;
    std::size_t most_;
    std::optional<std::size_t> length_;
    std::string first_column_; ///< the place of the column that gave the length
    std::deque<NumberColumn> numbers_;
    std::deque<LabelColumn> labels_;
    std::vector<Regressor> regressors_;
    std::vector<std::string> regressor_paths_;
    std::vector<std::size_t> kept_;
    std::size_t dropped_ = 0;
};

// --- results
// --------------------------------------------------------------------------------------------------------

/// null when the number is not finite.
boost::json::value json_number(double value);
boost::json::value json_number(const std::optional<double>& value);
boost::json::array json_numbers(std::span<const double> values);
/// {"estimate","se","stat","df","p","ci_lo","ci_hi"}; df null when infinite.
boost::json::object json_coefficient(const Coefficient& coefficient);
/// [{"name","estimate","se","stat","df","p","ci_lo","ci_hi"}, …].
boost::json::array json_coefficients(std::span<const Coefficient> coefficients);

} // namespace beproefd::statistics::door
