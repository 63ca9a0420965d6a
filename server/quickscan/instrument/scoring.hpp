// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"
#include "quickscan/instrument/instrument.hpp"

#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace beproefd::quickscan {

/// An exact number of points, in lowest terms with a positive denominator. Parts come in twos to sixes, so the
/// denominators of a whole instrument divide 60 and nothing can overflow.
struct Fraction {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;

    static constexpr Fraction of(std::int64_t numerator, std::int64_t denominator = 1)
    {
        const auto divisor = std::gcd(numerator, denominator);
        const auto sign = denominator < 0 ? -1 : 1;
        return {sign * numerator / divisor, sign * denominator / divisor};
    }
    friend constexpr Fraction operator+(Fraction a, Fraction b)
    {
        return of(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
    }
    friend constexpr Fraction operator/(Fraction a, std::int64_t b) { return of(a.numerator, a.denominator * b); }
    friend constexpr std::strong_ordering operator<=>(Fraction a, Fraction b)
    {
        return a.numerator * b.denominator <=> b.numerator * a.denominator;
    }
    friend constexpr bool operator==(Fraction a, Fraction b) { return (a <=> b) == 0; }

    /// Whole percent, halves away from zero: 1/3 is 33, 1/8 is 13.
    constexpr std::int64_t percent() const
    {
        const auto twice = 200 * numerator;
        return (twice + (twice < 0 ? -denominator : denominator)) / (2 * denominator);
    }
};
BOOST_DESCRIBE_STRUCT(Fraction, (), (numerator, denominator))

/// An answer to one question, as one person gives it or as the group settles it. Which of the members count follows
/// from the type of the question.
struct SettledAnswer {
    std::string question;
    std::optional<AnswerValue> value; ///< scale; unknown also to the other types
    std::vector<std::string> parts;   ///< with partly: those that hold
    std::vector<std::string> values;  ///< choose_one and choose_many: keys of choices; number, text: the text itself
    bool operator==(const SettledAnswer&) const = default;
};
BOOST_DESCRIBE_STRUCT(SettledAnswer, (), (question, value, parts, values))

/// What is wrong with an answer to this question: pointers "/value", "/parts/0", "/values/0". Empty when it can be
/// kept. Refuses a value outside the scale, parts or choices that do not exist or occur twice, partly without a part
/// or with all of them (that is a no or a yes), an exclusive choice beside another, and a number outside its limits.
std::vector<FieldError> wrong_in(const Question& question, const SettledAnswer& answer);

struct QuestionScore {
    std::string question;
    std::optional<AnswerValue> value;
    std::optional<Fraction> points; ///< absent when the answer is not counted
    int parts_held = 0;             ///< of an answer partly
    int parts = 0;                  ///< that the question has
};
BOOST_DESCRIBE_STRUCT(QuestionScore, (), (question, value, points, parts_held, parts))

/// What the answers within one theme, or all of them, come to. Every question of it is in exactly one of the four
/// numbers.
struct Score {
    std::string theme; ///< empty for the total
    Fraction points;
    int counted = 0; ///< questions with points, also 0 points
    int unknown = 0;
    int not_applicable = 0;
    int unanswered = 0;
    std::optional<Fraction> score;       ///< points / counted, 0 … 1; absent when nothing counts, which is not 0
    std::optional<std::int64_t> percent; ///< the same in whole percent, to show
    std::optional<std::string> band;
};
BOOST_DESCRIBE_STRUCT(Score, (), (theme, points, counted, unknown, not_applicable, unanswered, score, percent, band))

struct Scores {
    std::vector<QuestionScore> questions; ///< all questions on the scale, in their order
    std::vector<Score> themes;            ///< all themes with such questions, in their order
    Score total;
};
BOOST_DESCRIBE_STRUCT(Scores, (), (questions, themes, total))

/// Points per question, theme and total by the instrument's own rule. Answers to questions that the instrument does
/// not have are left aside; an answer that is missing or has no value counts as unanswered. An instrument without
/// scoring rule gives no points at all.
Scores score(const Instrument& instrument, std::span<const SettledAnswer> answers);

/// The band a score lies in, or empty.
const Band* band_of(const Instrument& instrument, Fraction score);

/// Two versions of one instrument, made comparable: what of the earlier answers can be set beside the later ones.
struct Comparison {
    std::vector<std::string> compared;     ///< questions of the later version that were asked before
    std::vector<std::string> not_compared; ///< questions of the later version that were not, or otherwise
    Scores before;                         ///< of the compared questions only
    Scores now;                            ///< of the compared questions only
};
BOOST_DESCRIBE_STRUCT(Comparison, (), (compared, not_compared, before, now))

/// The earlier answers under the keys of the later version; those that cannot be compared are left out. With equal
/// versions they stay as they are. Refuses versions without a crosswalk between them.
Result<std::vector<SettledAnswer>> carried_over(const Instrument& later, int earlier_version,
                                                std::span<const SettledAnswer> answers);

/// Scores of both on the questions that they share, so that a change of questions is never shown as a change of scan.
Result<Comparison> compare(const Instrument& later, int earlier_version, std::span<const SettledAnswer> before,
                           std::span<const SettledAnswer> now);

} // namespace beproefd::quickscan
