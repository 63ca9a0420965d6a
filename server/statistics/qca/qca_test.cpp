// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/qca/expression.hpp"
#include "statistics/qca/minimize.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace beproefd::statistics::qca {
namespace {

/// Evenly over the whole range from the first try on; RapidCheck by itself starts with small numbers.
template<class T>
auto evenly(T low, T high)
{
    return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(low, high));
}

/// Crisp cases, one per configuration that was observed.
TruthTable table_of(std::size_t conditions, const std::vector<int>& outcomes)
{
    TruthTable table{.conditions = conditions, .rows = {}};
    for (std::size_t configuration = 0; configuration < outcomes.size(); ++configuration)
        if (outcomes[configuration] >= 0)
            table.rows.push_back({.configuration = static_cast<Configuration>(configuration),
                                  .cases = {configuration},
                                  .consistency = 1,
                                  .pri = 1,
                                  .positive = outcomes[configuration] == 1});
    return table;
}

/// All models by the book: every product of literals, keep those that cover nothing forbidden, drop those inside a
/// wider one, and try every set of what is left. Outcomes: 1 yes, 0 no, -1 may be covered.
std::set<Model> models_by_the_book(std::size_t conditions, const std::vector<int>& outcomes)
{
    const Configuration all = (Configuration{1} << conditions) - 1;
    std::vector<Implicant> valid, prime;
    for (Configuration mask = 0; mask <= all; ++mask)
        for (Configuration value = 0; value <= all; ++value) {
            if ((value & mask) != value)
                continue;
            bool allowed = true, useful = false;
            for (Configuration c = 0; c <= all; ++c)
                if ((c & mask) == value) {
                    allowed = allowed && outcomes[c] != 0;
                    useful = useful || outcomes[c] == 1;
                }
            if (allowed && useful)
                valid.push_back({mask, value});
        }
    for (const auto& one : valid)
        if (std::none_of(valid.begin(), valid.end(), [&](const Implicant& other) {
                return other != one && (other.mask & one.mask) == other.mask &&
                       (one.value & other.mask) == other.value;
            }))
            prime.push_back(one);
    for (std::size_t size = 0; size <= prime.size(); ++size) {
        std::set<Model> models;
        std::vector<char> chosen(prime.size(), 0);
        std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(size), 1);
        do {
            Model model;
            for (std::size_t i = 0; i < prime.size(); ++i)
                if (chosen[i])
                    model.push_back(prime[i]);
            bool covers = true;
            for (Configuration c = 0; c <= all && covers; ++c)
                covers = outcomes[c] != 1 ||
                         std::any_of(model.begin(), model.end(), [&](const Implicant& t) { return t.covers(c); });
            if (covers) {
                std::sort(model.begin(), model.end());
                models.insert(model);
            }
        } while (std::prev_permutation(chosen.begin(), chosen.end()));
        if (!models.empty())
            return models;
    }
    return {};
}

std::vector<int> with_remainders(std::vector<int> outcomes, int as)
{
    std::replace(outcomes.begin(), outcomes.end(), -1, as);
    return outcomes;
}

/// The intermediate solutions as the contract words them.
std::set<Model> intermediate_by_the_book(std::size_t conditions, const std::vector<int>& outcomes,
                                         Configuration expected)
{
    std::set<Model> result;
    for (const auto& c : models_by_the_book(conditions, with_remainders(outcomes, 0)))
        for (const auto& p : models_by_the_book(conditions, outcomes)) {
            auto assumed = with_remainders(outcomes, 0);
            for (const auto& complex : c)
                for (const auto& simple : p) {
                    if ((complex.mask & simple.mask) != simple.mask || (complex.value & simple.mask) != simple.value)
                        continue;
                    Implicant term = complex;
                    for (std::size_t bit = 0; bit < conditions; ++bit) {
                        const Configuration one = Configuration{1} << bit;
                        if ((term.mask & one) && !(simple.mask & one) && (term.value & one) != (expected & one)) {
                            term.mask &= ~one;
                            term.value &= ~one;
                        }
                    }
                    for (std::size_t row = 0; row < outcomes.size(); ++row)
                        if (outcomes[row] == -1 && term.covers(static_cast<Configuration>(row)))
                            assumed[row] = -1;
                }
            const auto models = models_by_the_book(conditions, assumed);
            result.insert(models.begin(), models.end());
        }
    return result;
}

struct Arbitrary {
    std::size_t conditions;
    std::vector<int> outcomes;
};

Arbitrary arbitrary_table(std::size_t most_conditions)
{
    const auto conditions = *evenly<std::size_t>(1, most_conditions + 1);
    auto outcomes =
        *rc::gen::container<std::vector<int>>(std::size_t{1} << conditions, rc::gen::element(-1, -1, 0, 1));
    RC_PRE(std::count(outcomes.begin(), outcomes.end(), 1) > 0);
    return {conditions, std::move(outcomes)};
}

std::set<Model> as_set(const Outcome<std::vector<Model>>& models) { return {models->begin(), models->end()}; }

RC_GTEST_PROP(Minimize, FindsTheParsimoniousModelsOfTheBook, ())
{
    const auto [conditions, outcomes] = arbitrary_table(4);

    const auto models = minimize(table_of(conditions, outcomes), Solution::parsimonious);
    const auto with_best_bounds =
        minimize(table_of(conditions, outcomes), Solution::parsimonious, 0, {.patience = 0});

    RC_ASSERT(as_set(models) == models_by_the_book(conditions, outcomes));
    RC_ASSERT(as_set(models).size() == models->size());
    RC_ASSERT(*with_best_bounds == *models);
}

RC_GTEST_PROP(Minimize, FindsTheConservativeModelsOfTheBook, ())
{
    const auto [conditions, outcomes] = arbitrary_table(4);

    const auto models = minimize(table_of(conditions, outcomes), Solution::conservative);

    RC_ASSERT(as_set(models) == models_by_the_book(conditions, with_remainders(outcomes, 0)));
}

RC_GTEST_PROP(Minimize, FindsTheIntermediateModelsOfTheContract, ())
{
    const auto [conditions, outcomes] = arbitrary_table(4);
    const auto expected = *evenly<Configuration>(0, Configuration{1} << conditions);

    const auto models = minimize(table_of(conditions, outcomes), Solution::intermediate, expected);

    RC_ASSERT(as_set(models) == intermediate_by_the_book(conditions, outcomes, expected));
}

/// Rows that have nothing to do with their outcome.
TruthTable noise(std::size_t conditions, std::size_t rows, std::uint64_t state)
{
    TruthTable table{.conditions = conditions, .rows = {}};
    std::set<Configuration> used;
    while (used.size() < rows) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        used.insert(static_cast<Configuration>(state >> (64 - conditions)));
    }
    std::size_t i = 0;
    for (const auto configuration : used)
        table.rows.push_back(
            {.configuration = configuration, .cases = {i}, .consistency = 1, .pri = 1, .positive = i++ % 2 == 0});
    return table;
}

TEST(Minimize, AnswersPureNoiseOrSaysThatItDoesNotChoose)
{
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const auto table = noise(12, 78, seed);

        const auto models = minimize(table, Solution::parsimonious);

        if (!models) {
            EXPECT_EQ(models.error().code, ErrorCode::too_large);
            EXPECT_TRUE(models.error().message.starts_with("More than 20000 models of ")) << models.error().message;
            continue;
        }
        for (const auto& model : *models) {
            EXPECT_EQ(model.size(), models->front().size());
            for (const auto& row : table.rows)
                EXPECT_EQ(row.positive, std::any_of(model.begin(), model.end(), [&](const Implicant& term) {
                              return term.covers(row.configuration);
                          }));
        }
    }
}

TEST(Minimize, AnswersTwentyConditions)
{
    const auto table = noise(20, 40, 1);

    const auto models = minimize(table, Solution::conservative);

    ASSERT_TRUE(models);
    for (const auto& row : table.rows)
        for (const auto& model : *models)
            EXPECT_EQ(row.positive, std::any_of(model.begin(), model.end(), [&](const Implicant& term) {
                          return term.covers(row.configuration);
                      }));
}

TEST(Minimize, RefusesATableWithoutPositiveRows)
{
    const auto models = minimize(table_of(2, {0, 0, -1, 0}), Solution::parsimonious);

    ASSERT_FALSE(models);
    EXPECT_EQ(models.error().code, ErrorCode::insufficient_data);
}

TEST(TruthTableOf, RefusesACaseThatIsExactlyHalfIn)
{
    const CaseSet cases{{"a", "b"}, {{"X", {1, 0.5}}}, {1, 0}};

    const auto table = truth_table(cases, {});

    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, ErrorCode::ambiguous_membership);
    EXPECT_EQ(table.error().path, "data.conditions[0].values[1]");
}

RC_GTEST_PROP(TruthTableOf, GivesCrispCasesTheSameFitAsTheLongWay, ())
{
    const auto n = *evenly<std::size_t>(1, 20);
    const auto column = [&] {
        std::vector<double> values;
        for (std::size_t i = 0; i < n; ++i)
            values.push_back(*rc::gen::element(0.0, 1.0));
        return values;
    };
    CaseSet cases{std::vector<std::string>(n, "x"), {{"A", column()}, {"B", column()}}, column()};
    auto fuzzy = cases; // one case a shade away from crisp takes the general way
    fuzzy.conditions[0].membership[0] = std::abs(fuzzy.conditions[0].membership[0] - 1e-13);

    const auto quick = truth_table(cases, {}), slow = truth_table(fuzzy, {});

    RC_ASSERT(quick->rows.size() == slow->rows.size());
    for (std::size_t r = 0; r < quick->rows.size(); ++r)
        RC_ASSERT(std::abs(*quick->rows[r].consistency - *slow->rows[r].consistency) < 1e-10);
}

double value_of(std::string_view text, double a, double b)
{
    const CaseSet cases{{"x"}, {{"A", {a}}, {"long name", {b}}}, {1}};
    const auto expression = parse_expression(text, {"A", "long name"});
    return expression ? membership(*expression, cases)[0] : -1;
}

TEST(ParseExpression, BindsNotBeforeAndBeforeOr)
{
    EXPECT_DOUBLE_EQ(value_of("~A*long name + A", 0.3, 0.6), 0.6);
    EXPECT_DOUBLE_EQ(value_of("~(A + long name)", 0.3, 0.6), 0.4);
    EXPECT_DOUBLE_EQ(value_of(" A* ~ ~ A ", 0.3, 0.6), 0.3);
}

TEST(ParseExpression, RefusesWhatCannotBeRead)
{
    for (const auto* text : {"", "A+", "*A", "A long name", "(A", "A)", "~", "B", "A++A", "()", "A*"}) {
        const auto expression = parse_expression(text, {"A", "long name"});

        ASSERT_FALSE(expression) << text;
        EXPECT_EQ(expression.error().code, ErrorCode::invalid_option);
        EXPECT_EQ(expression.error().path, "options.expression");
    }
}

TEST(ParseExpression, RefusesDepthThatWouldExhaustTheStack)
{
    EXPECT_FALSE(parse_expression(std::string(90'000, '('), {"A"}));
    EXPECT_FALSE(parse_expression(std::string(90'000, '~') + "A", {"A"}));
}

RC_GTEST_PROP(ParseExpression, NeverFailsOnAnyText, (const std::vector<std::uint8_t>& picks))
{
    constexpr std::string_view letters = "AB~*+() \t\xff";
    std::string text;
    for (const auto pick : picks)
        text += letters[pick % letters.size()];

    const auto expression = parse_expression(text, {"A", "B"});

    if (expression) {
        const CaseSet cases{{"x"}, {{"A", {0.2}}, {"B", {0.7}}}, {1}};
        const double value = membership(*expression, cases)[0];
        RC_ASSERT(value >= 0 && value <= 1);
    }
}

TEST(Calibrate, PutsTheAnchorsWhereTheyBelong)
{
    const std::vector<double> values{10, 20, 40};

    const auto rising = calibrate_logistic(values, {10, 20, 40}, 0.95);
    const auto falling = calibrate_linear(values, {40, 20, 10});

    EXPECT_NEAR((*rising)[0], 0.05, 1e-12);
    EXPECT_DOUBLE_EQ((*rising)[1], 0.5);
    EXPECT_NEAR((*rising)[2], 0.95, 1e-12);
    EXPECT_EQ(*falling, (std::vector<double>{1, 0.5, 0}));
    EXPECT_FALSE(calibrate_linear(values, {10, 10, 40}));
    EXPECT_EQ(*calibrate_crisp(values, std::vector<double>{20, 30}), (std::vector<double>{0, 1, 2}));
}

} // namespace
} // namespace beproefd::statistics::qca
