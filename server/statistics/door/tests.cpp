// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/comparison/contingency.hpp"
#include "statistics/comparison/means.hpp"
#include "statistics/comparison/permutations.hpp"
#include "statistics/comparison/ranks.hpp"
#include "statistics/door/samples.hpp"
#include "statistics/door/scripts.hpp"
#include "statistics/limits.hpp"

#include <cmath>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

enum class TType { paired, welch, pooled, one };
enum class Layout { paired, two_sample };

/// Pairs when pre or post is given, else groups.
Layout read_layout(Request& request)
{
    const bool pairs = request.has_data("pre") || request.has_data("post");
    const Layout layout =
        request.choice<Layout>("type", {{"paired", Layout::paired}, {"two_sample", Layout::two_sample}},
                               pairs ? Layout::paired : Layout::two_sample);
    if (layout == Layout::paired)
        refuse_unused(request, {"a", "b"}, "by a paired analysis");
    else
        refuse_unused(request, {"pre", "post"}, "by an analysis of two groups");
    return layout;
}

/// What a comparison works on: pairs, or one or two groups; the other is empty.
struct Samples {
    Pairs pairs;
    Groups groups;

    std::size_t size() const { return pairs.differences.size() + groups.a.size() + groups.b.size(); }
    std::size_t dropped() const { return pairs.dropped + groups.dropped; }
};

Samples read_samples(Request& request, bool paired, bool two = true)
{
    if (paired)
        return {read_pairs(request), {}};
    return {{}, read_groups(request, two)};
}

Outcome<json::object> run_t(Request& request)
{
    const TType guess = request.has_data("pre") || request.has_data("post") ? TType::paired
                        : request.has_data("b")                             ? TType::welch
                                                                            : TType::one;
    const TType type = request.choice<TType>(
        "type", {{"paired", TType::paired}, {"welch", TType::welch}, {"pooled", TType::pooled}, {"one", TType::one}},
        guess);
    const double mu = request.number("mu", 0, {-1e150, 1e150});
    if (type != TType::one && request.has_option("mu"))
        request.refuse(invalid_option("mu belongs to a test of one sample.", "options.mu"));
    const Alternative alternative = read_alternative(request);
    const double level = request.level();
    if (type == TType::paired)
        refuse_unused(request, {"a", "b"}, "by a paired test");
    else
        refuse_unused(request, {"pre", "post"}, "by a test of groups");
    if (type == TType::one)
        refuse_unused(request, {"b"}, "by a test of one sample");

    const auto samples = read_samples(request, type == TType::paired, type != TType::one);
    if (request.refused())
        return request.error();
    const auto test = type == TType::paired  ? one_sample_t(samples.pairs.differences, 0, alternative, level)
                      : type == TType::one   ? one_sample_t(samples.groups.a, mu, alternative, level)
                      : type == TType::welch ? welch_t(samples.groups.a, samples.groups.b, alternative, level)
                                             : pooled_t(samples.groups.a, samples.groups.b, alternative, level);
    if (!test)
        return located(test.error(), "data");
    json::object result;
    result["estimate"] = json_number(test->estimate);
    result["se"] = json_number(test->standard_error);
    result["stat"] = json_number(test->statistic);
    result["df"] = json_number(test->df);
    result["p"] = json_number(test->p);
    add_interval(result, test->interval);
    result["n"] = samples.size();
    result["n_dropped"] = samples.dropped();
    return result;
}

Page page_t()
{
    Page page;
    page.title = "t test";
    page.purpose = "Is the mean after different from the mean before (paired), do two groups differ (welch, pooled), "
                   "or does a mean differ from a known value (one)? Works from two observations per group.";
    page.when_not = "With scores on a few steps, or fewer than about ten strongly skewed observations, use "
                    "test.wilcoxon or test.permutation, which are exact at any size. For persons within groups or "
                    "schools use model.lmm or design.did.";
    page.data = {pre_data(), post_data(), a_data(), b_data()};
    page.options = {{"type", "one of paired, welch, pooled, one",
                     "which test; left out, it follows from the data: paired with pre and post, welch with a and b, "
                     "one with a alone"},
                    {"mu", "number", "type one: the value to compare with", "0"},
                    alternative_option(),
                    level_option()};
    page.result = {{"estimate", "number", "post − pre, a − b, or a − mu, in the unit of the data"},
                   {"se", "number > 0", "standard error"},
                   {"stat", "number", "t"},
                   {"df", "number > 0", "degrees of freedom (Welch: Satterthwaite's)"},
                   {"p", "fraction", "probability of a result at least as far out without any difference"},
                   {"ci_lo", "number", "confidence interval; the unbounded side of a one-sided one is left out"},
                   {"ci_hi", "number", "confidence interval; the unbounded side of a one-sided one is left out"},
                   {"n", "whole number", "pairs or values used"},
                   dropped_result()};
    page.formula = "$t = \\hat\\delta / se$; paired: $se = s_d/\\sqrt n$, df $n-1$; welch: "
                   "$se^2 = s_1^2/n_1 + s_2^2/n_2$, df $se^4/(\\sum (s_i^2/n_i)^2/(n_i-1))$; pooled: "
                   "$se^2 = s_p^2(1/n_1+1/n_2)$, df $n_1+n_2-2$.";
    page.sources = {"Student 1908, doi:10.1093/biomet/6.1.1", "Welch 1947, doi:10.1093/biomet/34.1-2.28"};
    page.pitfalls = {"A difference before and after in one group does not show that the programme caused it.",
                     "A p above 0.05 with few participants says little: read the interval, which shows the effects "
                     "that cannot be excluded.",
                     "Values that do not vary are refused: there is no standard error."};
    page.example = R"({"contract":"beproefd.analyse/1","method":"test.t","data":{"pre":[13.2,8.2,10.9,14.3,10.7],)"
                   R"("post":[14,8.8,11.2,14.2,11.8]},"options":{"type":"paired"}})";
    page.peer = "R stats::t.test";
    return page;
}

Outcome<json::object> run_standardised(Request& request)
{
    using Measure = StandardisedMeasure;
    const Measure measure = request.required_choice<Measure>("measure", {{"d_pooled", Measure::d_pooled},
                                                                         {"g_pooled", Measure::g_pooled},
                                                                         {"d_paired_z", Measure::d_paired_z},
                                                                         {"g_paired_z", Measure::g_paired_z}});
    const Alternative alternative = read_alternative(request);
    const double level = request.level();
    if (request.refused())
        return request.error();
    const bool paired = measure == Measure::d_paired_z || measure == Measure::g_paired_z;
    const bool factor = measure == Measure::g_pooled || measure == Measure::g_paired_z;
    if (paired)
        refuse_unused(request, {"a", "b"}, "by a paired measure");
    else
        refuse_unused(request, {"pre", "post"}, "by a measure for two groups");
    const auto samples = read_samples(request, paired);
    if (request.refused())
        return request.error();
    const auto effect = paired
                            ? standardised_paired(samples.pairs.differences, factor, alternative, level)
                            : standardised_two_sample(samples.groups.a, samples.groups.b, factor, alternative, level);
    if (!effect)
        return located(effect.error(), "data");
    json::object result;
    result["estimate"] = json_number(effect->estimate);
    add_interval(result, effect->interval);
    result["n"] = samples.size();
    result["n_dropped"] = samples.dropped();
    return result;
}

Page page_standardised()
{
    Page page;
    page.title = "Standardised mean difference with an exact interval";
    page.purpose = "How large is a difference in standard deviations, so that it can be compared with other studies?";
    page.when_not =
        "When the unit itself means something (days, incidents), report the plain difference with test.t. "
        "For pooling studies use effect.size and meta.rma.";
    page.data = {pre_data(), post_data(), a_data(), b_data()};
    page.options = {{"measure", "one of d_pooled, g_pooled, d_paired_z, g_paired_z",
                     "pooled: a and b, divided by the pooled standard deviation; paired_z: pre and post, divided by "
                     "the standard deviation of the differences; g is d times the exact small-sample factor J"},
                    alternative_option(),
                    level_option()};
    page.result = {{"estimate", "standard deviations", "a − b or post − pre"},
                   {"ci_lo", "standard deviations", "interval by inverting the noncentral t distribution"},
                   {"ci_hi", "standard deviations", "interval by inverting the noncentral t distribution"},
                   {"n", "whole number", "pairs or values used"},
                   dropped_result()};
    page.formula = "With $t = d\\sqrt{\\tilde n}$ ($\\tilde n = n_1n_2/(n_1+n_2)$ or $n$) the bounds are "
                   "$\\lambda/\\sqrt{\\tilde n}$ where $P(T_{df,\\lambda} \\le t)$ is "
                   "$1-\\alpha/2$ and $\\alpha/2$; g: all three times $J(df)$.";
    page.sources = {"Hedges 1981, doi:10.3102/10769986006002107", "Steiger & Fouladi 1997"};
    page.pitfalls = {"d_paired_z grows when pre and post correlate strongly: it is not comparable with d_pooled.",
                     "A small group has an unstable standard deviation, and so an unstable d."};
    page.example = R"({"contract":"beproefd.analyse/1","method":"effect.standardised","data":{"pre":[3,4,2,5,4,3],)"
                   R"("post":[4,4,4,5,6,4]},"options":{"measure":"g_paired_z"}})";
    page.peer = "R effectsize::cohens_d, effectsize::hedges_g";
    return page;
}

Outcome<json::object> run_wilcoxon(Request& request)
{
    const Layout layout = read_layout(request);
    const bool exact = request.flag("exact", true);
    const RankDistribution distribution = !request.has_option("exact") ? RankDistribution::exact_or_normal
                                          : exact                      ? RankDistribution::exact
                                                                       : RankDistribution::normal;
    const Alternative alternative = read_alternative(request);
    const auto samples = read_samples(request, layout == Layout::paired);
    if (request.refused())
        return request.error();
    const auto test =
        layout == Layout::paired
            ? signed_rank_test(samples.pairs.differences, rounding_of(samples.pairs.pre, samples.pairs.post),
                               alternative, distribution)
            : rank_sum_test(samples.groups.a, samples.groups.b, alternative, distribution);
    if (!test)
        return located(test.error(), "data");
    if (test->n_zero > 0)
        request.warn("zero_differences", std::to_string(test->n_zero) + " zero differences were dropped.", "data");
    if (!test->exact && distribution == RankDistribution::exact_or_normal)
        request.warn("normal_approximation", "There are too many ranks for the exact distribution.");
    json::object result;
    result["stat"] = json_number(test->statistic);
    result["p"] = json_number(test->p);
    result["expected"] = json_number(test->expected);
    result["exact"] = test->exact;
    result["n"] = test->n;
    result["n_zero"] = test->n_zero;
    result["n_dropped"] = samples.dropped();
    return result;
}

Page page_wilcoxon()
{
    Page page;
    page.title = "Wilcoxon test, exact with ties";
    page.purpose = "The same questions as the t test for scores on an ordered scale or with outliers, exact at any "
                   "size: signed ranks of paired differences, or the rank sum of two groups.";
    page.when_not = "Below six pairs no result can reach p < 0.05 two-sided: describe the cases instead.";
    page.data = {pre_data(), post_data(), a_data(), b_data()};
    page.options = {{"type", "one of paired, two_sample", "which test; left out, it follows from the data"},
                    {"exact", "true or false",
                     "exact distribution given the ties; false: normal approximation with tie correction, without "
                     "continuity correction. Left out: exact where that is feasible",
                     "true"},
                    alternative_option()};
    page.result = {{"stat", "number", "sum of the positive ranks; or rank sum of a minus m(m+1)/2"},
                   {"p", "fraction", "P(|T − E| ≥ |t − E|), or one tail"},
                   {"expected", "number", "E, the mean of the statistic without any difference"},
                   {"exact", "true or false", "how p was found"},
                   {"n", "whole number", "observations ranked"},
                   {"n_zero", "whole number", "zero differences, dropped"},
                   dropped_result()};
    page.formula = "Midranks are doubled to whole numbers; the number of sign patterns (or of groups of m) per rank "
                   "sum is counted by dynamic programming, so that ties are exact.";
    page.sources = {"Wilcoxon 1945, doi:10.2307/3001968", "Mann & Whitney 1947, doi:10.1214/aoms/1177730491",
                    "Streitberg & Röhmel 1986"};
    page.pitfalls = {"Differences that are equal but for rounding (0.3 − 0.2 and 0.2 − 0.1) count as tied.",
                     "Other programs drop the exact distribution when there are ties, and print another p."};
    page.example = R"({"contract":"beproefd.analyse/1","method":"test.wilcoxon","data":{"pre":[1,2,2,3,3,4,2],)"
                   R"("post":[2,2,3,4,3,5,4]},"options":{"type":"paired","exact":true}})";
    page.peer = "R exactRankTests::wilcox.exact";
    return page;
}

Outcome<json::object> run_permutation(Request& request)
{
    const Layout layout = read_layout(request);
    request.choice<int>("statistic", {{"mean_difference", 0}}, 0);
    const bool exact = request.flag("exact", true), asked = request.has_option("exact");
    const std::size_t resamples = request.replicates("resamples", 10'000);
    const std::uint64_t seed = request.seed();
    const Alternative alternative = read_alternative(request);
    const auto samples = read_samples(request, layout == Layout::paired);
    if (request.refused())
        return request.error();
    const auto random = [&] {
        return layout == Layout::paired ? random_sign_flip_test(samples.pairs.differences, alternative, resamples,
                                                                seed, request.execution())
                                        : random_two_sample_test(samples.groups.a, samples.groups.b, alternative,
                                                                 resamples, seed, request.execution());
    };
    auto test = !exact                     ? random()
                : layout == Layout::paired ? exact_sign_flip_test(samples.pairs.differences, alternative)
                                           : exact_two_sample_test(samples.groups.a, samples.groups.b, alternative);
    if (!test && exact && !asked && test.error().code == ErrorCode::too_large) {
        test = random();
        request.warn("random_permutations", "There are too many arrangements to enumerate; they were drawn.");
    }
    if (!test)
        return located(test.error(), "data");
    json::object result;
    result["estimate"] = json_number(test->estimate);
    result["p"] = json_number(test->p);
    result["exact"] = test->exact;
    result["n_perm"] = json_number(test->arrangements);
    result["n_dropped"] = samples.dropped();
    return result;
}

Page page_permutation()
{
    Page page;
    page.title = "Permutation test of a difference in means";
    page.purpose = "A test that assumes nothing but that labels could have fallen otherwise: signs of paired "
                   "differences, or who is in which group. Exact for small groups.";
    page.when_not = "When persons come in clusters: permute clusters, or use design.did.";
    page.data = {pre_data(), post_data(), a_data(), b_data()};
    page.options = {{"type", "one of paired, two_sample", "which test; left out, it follows from the data"},
                    {"statistic", "mean_difference", "what is compared", "\"mean_difference\""},
                    {"exact", "true or false",
                     "count all arrangements; false: draw them. Left out: all where that is feasible", "true"},
                    {"resamples", "1 to 1,000,000", "arrangements to draw", "10000"},
                    seed_option(),
                    alternative_option()};
    page.result = {{"estimate", "number", "post − pre or a − b, in the unit of the data"},
                   {"p", "fraction",
                    "share of arrangements at least as far from the null mean; drawn ones include "
                    "the observed one"},
                   {"exact", "true or false", "were all arrangements counted?"},
                   {"n_perm", "number", "arrangements counted or drawn"},
                   dropped_result()};
    page.formula = "Decimal data are counted as whole numbers by dynamic programming; other data by meet in the "
                   "middle: all sums of both halves, sorted, give the same count as all $2^n$ arrangements.";
    page.sources = {"Fisher 1935, The Design of Experiments, §21", "Pitman 1937, doi:10.2307/2984124",
                    "Streitberg & Röhmel 1986", "Phipson & Smyth 2010, doi:10.2202/1544-6115.1585"};
    page.pitfalls = {"With n pairs the smallest two-sided p is 2/2ⁿ."};
    page.example = R"({"contract":"beproefd.analyse/1","method":"test.permutation","data":{"a":[6.1,7.2,6.8,7.5],)"
                   R"("b":[5.9,6,6.3,6.7]},"options":{"type":"two_sample","exact":true}})";
    page.peer = "R coin::oneway_test with distribution = \"exact\"; exactRankTests::perm.test";
    return page;
}

/// data.table as counts; refused when it is not two by two.
TwoByTwo read_table(Request& request)
{
    TwoByTwo table{};
    const json::value* value = request.require_data("table");
    if (!value)
        return table;
    const auto wrong = [&](const std::string& path) {
        request.refuse(invalid_data("The table must be two rows of two counts (whole numbers, not negative).", path));
        return TwoByTwo{};
    };
    const json::array* rows = value->if_array();
    if (!rows || rows->size() != 2)
        return wrong("data.table");
    double total = 0;
    for (std::size_t i = 0; i < 2; ++i) {
        const json::array* row = (*rows)[i].if_array();
        const std::string row_path = "data.table[" + std::to_string(i) + "]";
        if (!row || row->size() != 2)
            return wrong(row_path);
        for (std::size_t j = 0; j < 2; ++j) {
            const json::value& cell = (*row)[j];
            const std::string path = row_path + "[" + std::to_string(j) + "]";
            if (!cell.is_number())
                return wrong(path);
            const double count = cell.to_number<double>();
            if (!(count >= 0) || count != std::floor(count))
                return wrong(path);
            total += count;
            if (total > static_cast<double>(limits::observations)) {
                request.refuse(
                    too_large("The counts add up to more than " + std::to_string(limits::observations) + ".", path));
                return {};
            }
            table[i][j] = static_cast<std::int64_t>(count);
        }
    }
    return table;
}

Outcome<json::object> run_fisher(Request& request)
{
    const TwoByTwo table = read_table(request);
    const Alternative alternative = read_alternative(request);
    const double level = request.level();
    if (request.refused())
        return request.error();
    const auto test = fisher_test(table, alternative, level);
    if (!test)
        return located(test.error(), "data");
    if (!test->odds_ratio)
        request.warn("odds_ratio_not_finite", "The odds ratio is infinite or cannot be estimated.", "data.table");
    json::object result;
    result["p"] = json_number(test->p);
    result["odds_ratio"] = json_number(test->odds_ratio);
    result["ci_lo"] = json_number(test->interval.lo);
    result["ci_hi"] = json_number(test->interval.hi);
    return result;
}

Field table_data(std::string text) { return {"table", "2 × 2 counts, [[a, b], [c, d]]", std::move(text)}; }

Page page_fisher()
{
    Page page;
    page.title = "Fisher's exact test";
    page.purpose = "Do two groups differ in how often something happened, with counts of any size?";
    page.when_not = "For the same persons before and after use test.mcnemar; for several studies meta.mh.";
    page.data = {table_data("rows are groups, columns outcomes; at most 1,000,000 together")};
    page.options = {alternative_option(), level_option()};
    page.result = {{"p", "fraction", "sum of the probabilities of tables not more probable than the observed one"},
                   {"odds_ratio", "number ≥ 0 or null",
                    "conditional maximum likelihood; null when infinite, or when "
                    "a row or column is empty"},
                   {"ci_lo", "number ≥ 0 or null", "conditional exact interval; ci_hi null when unbounded"},
                   {"ci_hi", "number ≥ 0 or null", "conditional exact interval; ci_hi null when unbounded"}};
    page.formula = "Given the margins the upper left cell is noncentral hypergeometric with the odds ratio as "
                   "parameter; the estimate has the observed cell as its mean, the bounds have tails of "
                   "$\\alpha/2$.";
    page.sources = {"Fisher 1935, doi:10.2307/2342435", "Cornfield 1956"};
    page.pitfalls = {"R finds the estimate and bounds to four or five digits only; these are accurate to rounding."};
    page.example = R"({"contract":"beproefd.analyse/1","method":"test.fisher","data":{"table":[[3,1],[1,3]]}})";
    page.peer = "R stats::fisher.test";
    return page;
}

Outcome<json::object> run_mcnemar(Request& request)
{
    const TwoByTwo table = read_table(request);
    if (request.refused())
        return request.error();
    const McNemarTest test = mcnemar_test(table);
    if (!test.statistic)
        request.warn("no_discordant_pairs", "Nobody changed, so the table says nothing about change.", "data.table");
    json::object result;
    result["p_exact"] = json_number(test.p_exact);
    result["stat"] = json_number(test.statistic);
    result["p_asymptotic"] = json_number(test.p_asymptotic);
    result["n_discordant"] = table[0][1] + table[1][0];
    return result;
}

Page page_mcnemar()
{
    Page page;
    page.title = "McNemar's test";
    page.purpose = "Did more persons change from no to yes than from yes to no?";
    page.when_not = "For two different groups use test.fisher.";
    page.data = {table_data("rows are before, columns after; at most 1,000,000 together")};
    page.result = {{"p_exact", "fraction", "two-sided binomial test of the discordant pairs"},
                   {"stat", "number ≥ 0 or null", "(b − c)²/(b + c); null when nobody changed"},
                   {"p_asymptotic", "fraction or null", "χ² with one degree of freedom, no continuity correction"},
                   {"n_discordant", "whole number", "pairs that changed, b + c"}};
    page.formula = "$p = \\min(1, 2P(X \\le \\min(b, c)))$ with $X\\sim Bin(b + c, ½)$.";
    page.sources = {"McNemar 1947, doi:10.1007/BF02295996"};
    page.pitfalls = {"Only those who changed count: 200 persons of whom 6 changed are 6 observations."};
    page.example = R"({"contract":"beproefd.analyse/1","method":"test.mcnemar","data":{"table":[[12,2],[9,7]]}})";
    page.peer = "R stats::mcnemar.test(correct = FALSE), stats::binom.test";
    return page;
}

} // namespace

void register_tests(Registry& registry)
{
    registry.add({"test.t", page_t(), run_t, scripts::t});
    registry.add({"effect.standardised", page_standardised(), run_standardised, scripts::standardised});
    registry.add({"test.wilcoxon", page_wilcoxon(), run_wilcoxon, scripts::wilcoxon});
    registry.add({"test.permutation", page_permutation(), run_permutation, scripts::permutation});
    registry.add({"test.fisher", page_fisher(), run_fisher, scripts::fisher});
    registry.add({"test.mcnemar", page_mcnemar(), run_mcnemar, scripts::mcnemar});
}

} // namespace beproefd::statistics::door
