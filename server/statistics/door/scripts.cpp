// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/scripts.hpp"

#include "statistics/door/r_script.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <string_view>

namespace beproefd::statistics::door::scripts {
namespace {

namespace json = boost::json;

Outcome<std::string> finished(Request& request, const RScript& script)
{
    if (request.refused())
        return request.error();
    return script.text();
}

Error no_peer(std::string why, std::string path) { return invalid_option(std::move(why), std::move(path)); }

/// The alternative as R spells it.
std::string alternative(Request& request)
{
    const std::string name = request.text("alternative", "two_sided");
    return RScript::quoted(name == "two_sided" ? "two.sided" : name);
}

std::string level(Request& request) { return RScript::literal(request.level()); }

bool has_pairs(Request& request) { return request.has_data("pre") || request.has_data("post"); }

void read_samples(Request& request, RScript& r)
{
    if (has_pairs(request)) {
        r.column("pre", "pre");
        r.column("post", "post");
        r.line("complete <- complete.cases(pre, post); pre <- pre[complete]; post <- post[complete]");
    } else {
        for (const std::string_view name : {"a", "b"})
            if (request.has_data(name)) {
                r.column(name, name);
                r.line(fmt::format("{0} <- {0}[!is.na({0})]", name));
            }
    }
}

/// Prints the table of coefficients from est, se and df.
void coefficients(Request& request, RScript& r)
{
    r.line(fmt::format("margin <- qt(1 - (1 - {}) / 2, df) * se", level(request)));
    r.print("coefficients.estimate", "est");
    r.print("coefficients.se", "se");
    r.print("coefficients.p", "2 * pt(-abs(est / se), df)");
    r.print("coefficients.ci_lo", "est - margin");
    r.print("coefficients.ci_hi", "est + margin");
}

/// y and x as one data frame with the outcome first; the formula of a linear model.
void read_model(RScript& r)
{
    r.column("y", "y");
    if (r.frame("x", "x"))
        r.line("d <- data.frame(y = y, x, check.names = FALSE)");
    else
        r.line("d <- data.frame(y = y)");
}

std::string terms(Request& request) { return request.flag("intercept", true) ? "1" : "0"; }

} // namespace

Outcome<std::string> t(Request& request)
{
    RScript r{request, {}};
    read_samples(request, r);
    const std::string options =
        fmt::format("alternative = {}, conf.level = {}", alternative(request), level(request));
    const std::string type = request.text("type", has_pairs(request)      ? "paired"
                                                  : request.has_data("b") ? "welch"
                                                                          : "one");
    const std::string mu = RScript::literal(request.number("mu", 0));
    if (type == "paired")
        r.line(fmt::format("found <- t.test(post, pre, paired = TRUE, {})", options));
    else if (type == "one")
        r.line(fmt::format("found <- t.test(a, mu = {}, {})", mu, options));
    else
        r.line(
            fmt::format("found <- t.test(a, b, var.equal = {}, {})", type == "pooled" ? "TRUE" : "FALSE", options));
    const std::string shift = type == "one" ? " - " + mu : "";
    r.print("estimate", type == "welch" || type == "pooled" ? "mean(a) - mean(b)" : "found$estimate" + shift);
    r.print("se", "found$stderr");
    r.print("stat", "found$statistic");
    r.print("df", "found$parameter");
    r.print("p", "found$p.value");
    r.line(fmt::format("interval <- found$conf.int{}", shift));
    r.line("if (is.finite(interval[1])) show(\"ci_lo\", interval[1])");
    r.line("if (is.finite(interval[2])) show(\"ci_hi\", interval[2])");
    return finished(request, r);
}

Outcome<std::string> standardised(Request& request)
{
    const std::string measure = request.text("measure", "");
    if (request.text("alternative", "two_sided") != "two_sided")
        return no_peer("The script is for two-sided intervals.", "options.alternative");
    RScript r{request, {"effectsize"}};
    read_samples(request, r);
    r.line(fmt::format("found <- {}({}, ci = {})", measure.starts_with("g") ? "hedges_g" : "cohens_d",
                       measure.ends_with("paired_z") ? "post, pre, paired = TRUE" : "a, b", level(request)));
    r.print("estimate", "found[[1]]");
    r.line("# effectsize looks for the bounds to about four digits");
    r.print("ci_lo", "found$CI_low");
    r.print("ci_hi", "found$CI_high");
    return finished(request, r);
}

Outcome<std::string> wilcoxon(Request& request)
{
    if (!request.flag("exact", true))
        return no_peer("The script is for the exact distribution.", "options.exact");
    RScript r{request, {"exactRankTests"}};
    read_samples(request, r);
    r.line(fmt::format("found <- wilcox.exact({}, exact = TRUE, alternative = {})",
                       has_pairs(request) ? "post, pre, paired = TRUE" : "a, b", alternative(request)));
    r.print("stat", "found$statistic");
    r.print("p", "found$p.value");
    return finished(request, r);
}

Outcome<std::string> permutation(Request& request)
{
    if (!request.flag("exact", true))
        return no_peer("Random permutations differ from program to program.", "options.exact");
    RScript r{request, {}};
    read_samples(request, r);
    if (has_pairs(request)) {
        r.line("d <- post - pre; observed <- sum(d); expected <- 0");
        r.line("stopifnot(length(d) <= 22)");
        r.line("sums <- 0; for (value in d) sums <- c(sums - value, sums + value)");
        r.print("estimate", "mean(d)");
    } else {
        r.line("all <- c(a, b); observed <- sum(a); expected <- length(a) * mean(all)");
        r.line("stopifnot(choose(length(all), length(a)) <= 5e6)");
        r.line("sums <- combn(all, length(a), sum)");
        r.print("estimate", "mean(a) - mean(b)");
    }
    const std::string side = request.text("alternative", "two_sided");
    r.line("rounding <- 1e-9 * (sum(abs(sums[1])) + abs(observed) + 1e-300)");
    if (side == "two_sided")
        r.print("p", "mean(abs(sums - expected) >= abs(observed - expected) - rounding)");
    else
        r.print("p", side == "greater" ? "mean(sums >= observed - rounding)" : "mean(sums <= observed + rounding)");
    return finished(request, r);
}

namespace {

void read_counts(Request& request, RScript& r)
{
    const json::value* table = request.require_data("table");
    const json::array* rows = table ? table->if_array() : nullptr;
    std::string cells;
    for (std::size_t i = 0; rows && i < rows->size(); ++i)
        for (const json::value& cell : (*rows)[i].is_array() ? (*rows)[i].get_array() : json::array{})
            cells += (cells.empty() ? "" : ", ") + RScript::literal(cell);
    r.line(fmt::format("counts <- matrix(c({}), 2, byrow = TRUE)", cells));
}

} // namespace

Outcome<std::string> fisher(Request& request)
{
    RScript r{request, {}};
    read_counts(request, r);
    r.line(fmt::format("found <- fisher.test(counts, alternative = {}, conf.level = {})", alternative(request),
                       level(request)));
    r.print("p", "found$p.value");
    r.line("# R finds the odds ratio and its bounds to three or four digits");
    r.line("if (is.finite(found$estimate)) show(\"odds_ratio\", found$estimate)");
    r.print("ci_lo", "found$conf.int[1]");
    r.line("if (is.finite(found$conf.int[2])) show(\"ci_hi\", found$conf.int[2])");
    return finished(request, r);
}

Outcome<std::string> mcnemar(Request& request)
{
    RScript r{request, {}};
    read_counts(request, r);
    r.print("p_exact", "binom.test(counts[1, 2], counts[1, 2] + counts[2, 1])$p.value");
    r.line("found <- mcnemar.test(counts, correct = FALSE)");
    r.print("stat", "found$statistic");
    r.print("p_asymptotic", "found$p.value");
    return finished(request, r);
}

Outcome<std::string> boot(Request& request)
{
    RScript r{request, {"boot"}};
    r.column("y", "y");
    r.line("y <- y[!is.na(y)]; n <- length(y)");
    const std::string statistic = request.text("statistic", "mean");
    r.line(fmt::format("f <- function(y, i) {}", statistic == "sd"     ? "sd(y[i])"
                                                 : statistic == "mean" ? "mean(y[i])"
                                                                       : "mean(y[i]) / sd(y[i])"));
    r.line("without <- sapply(1:n, function(i) f(y, -i))");
    r.line("l <- (n - 1) * (mean(without) - without)");
    r.print("t0", "f(y, 1:n)");
    r.print("acceleration", "sum(l^3) / (6 * sum(l^2)^1.5)");
    const json::value* index = request.data("resample_index");
    const json::array* lists = index ? index->if_array() : nullptr;
    if (!lists) {
        r.line("# other programs draw other resamples: these intervals differ by chance");
        r.line(fmt::format("b <- boot(y, f, {})", request.replicates("resamples", 9'999)));
        r.line(fmt::format("print(boot.ci(b, conf = {}, L = l, type = c(\"norm\", \"basic\", \"perc\", \"bca\")))",
                           level(request)));
        return finished(request, r);
    }
    std::string rows;
    for (const json::value& list : *lists)
        for (const json::value& item : list.is_array() ? list.get_array() : json::array{})
            rows += (rows.empty() ? "" : ",") + RScript::literal(item);
    r.line(fmt::format("index <- matrix(c({}), ncol = n, byrow = TRUE) + 1", rows));
    r.line("b <- boot(y, f, nrow(index)); b$t <- matrix(apply(index, 1, function(i) f(y, i)))");
    r.line(fmt::format("ci <- boot.ci(b, conf = {}, type = c(\"norm\", \"basic\", \"perc\"))", level(request)));
    r.print("bias", "mean(b$t) - b$t0");
    r.print("se", "sd(b$t)");
    r.print("z0", "qnorm(mean(b$t < b$t0))");
    r.print("normal", "ci$normal[2:3]");
    r.print("basic", "ci$basic[4:5]");
    r.print("percentile", "ci$percent[4:5]");
    r.print("bca", fmt::format("boot:::bca.ci(b, conf = {}, L = l, t = b$t[, 1], t0 = b$t0)[4:5]", level(request)));
    return finished(request, r);
}

namespace {

/// "name = value, " of a numeric option, when it is given.
std::string argument(Request& request, std::string_view option, std::string_view name)
{
    const auto value = request.optional_number(option);
    return value ? fmt::format("{} = {}, ", name, RScript::literal(*value)) : "";
}

/// Prints what a function of pwr solved for.
void solved(Request& request, RScript& r, std::string_view n, std::string_view effect)
{
    const std::string solve = request.text("solve_for", "power");
    if (solve == "power")
        r.print("power", "found$power");
    else if (solve == "n")
        r.print("n", n);
    else
        r.print("effect", effect);
}

} // namespace

Outcome<std::string> power_t(Request& request)
{
    RScript r{request, {"pwr"}};
    const std::string type = request.text("type", "two_sample");
    const std::string shared =
        fmt::format("{}{}sig.level = {}, alternative = {}", argument(request, "effect", "d"),
                    argument(request, "power", "power"), RScript::literal(request.alpha()), alternative(request));
    if (request.has_option("n2")) {
        r.line(fmt::format("found <- pwr.t2n.test({}{}{})", argument(request, "n", "n1"),
                           argument(request, "n2", "n2"), shared));
        solved(request, r, "found$n1", "found$d");
    } else {
        r.line(fmt::format("found <- pwr.t.test({}type = \"{}\", {})", argument(request, "n", "n"),
                           type == "two_sample"   ? "two.sample"
                           : type == "one_sample" ? "one.sample"
                                                  : "paired",
                           shared));
        solved(request, r, "found$n", "found$d");
    }
    return finished(request, r);
}

Outcome<std::string> power_anova(Request& request)
{
    RScript r{request, {"pwr"}};
    r.line(fmt::format("found <- pwr.anova.test({}{}{}{}sig.level = {})", argument(request, "groups", "k"),
                       argument(request, "n", "n"), argument(request, "effect", "f"),
                       argument(request, "power", "power"), RScript::literal(request.alpha())));
    solved(request, r, "found$n", "found$f");
    return finished(request, r);
}

Outcome<std::string> power_correlation(Request& request)
{
    RScript r{request, {"pwr"}};
    r.line(fmt::format("found <- pwr.r.test({}{}{}sig.level = {}, alternative = {})", argument(request, "n", "n"),
                       argument(request, request.has_option("r") ? "r" : "effect", "r"),
                       argument(request, "power", "power"), RScript::literal(request.alpha()), alternative(request)));
    solved(request, r, "found$n", "found$r");
    return finished(request, r);
}

Outcome<std::string> power_proportions(Request& request)
{
    const std::string solve = request.text("solve_for", "power");
    if (request.text("approximation", "arcsine") == "arcsine") {
        RScript r{request, {"pwr"}};
        const std::string h = solve == "effect"
                                  ? ""
                                  : fmt::format("h = ES.h({}, {}), ", RScript::literal(request.required_number("p1")),
                                                RScript::literal(request.required_number("p2")));
        r.line(fmt::format("found <- pwr.2p.test({}{}{}sig.level = {}, alternative = {})", h,
                           argument(request, "n", "n"), argument(request, "power", "power"),
                           RScript::literal(request.alpha()), alternative(request)));
        r.print("effect_h", "found$h");
        solved(request, r, "found$n", "found$h");
        return finished(request, r);
    }
    RScript r{request, {}};
    r.line(fmt::format("found <- power.prop.test({}{}{}{}sig.level = {}, alternative = \"{}\")",
                       argument(request, "n", "n"), argument(request, "p1", "p1"), argument(request, "p2", "p2"),
                       argument(request, "power", "power"), RScript::literal(request.alpha()),
                       request.text("alternative", "two_sided") == "two_sided" ? "two.sided" : "one.sided"));
    solved(request, r, "found$n", "found$p1 - found$p2");
    return finished(request, r);
}

Outcome<std::string> power_cluster(Request& request)
{
    if (request.text("solve_for", "power") != "power")
        return no_peer("The script is for solve_for power.", "options.solve_for");
    RScript r{request, {}};
    r.line(fmt::format("J <- {}; m <- {}; icc <- {}; d <- {}; alpha <- {}",
                       RScript::literal(request.required_number("clusters_per_arm")),
                       RScript::literal(request.required_number("cluster_size")),
                       RScript::literal(request.required_number("icc")),
                       RScript::literal(request.required_number("effect")), RScript::literal(request.alpha())));
    r.line("deff <- 1 + (m - 1) * icc; df <- 2 * (J - 1); ncp <- d / sqrt(2 * deff / (J * m))");
    r.line("critical <- qt(1 - alpha / 2, df)");
    r.print("design_effect", "deff");
    r.print("effective_n_per_arm", "J * m / deff");
    r.print("df", "df");
    r.print("ncp", "ncp");
    r.print("power", "pt(critical, df, ncp, lower.tail = FALSE) + pt(-critical, df, ncp)");
    return finished(request, r);
}

Outcome<std::string> power_stepped_wedge(Request& request)
{
    if (request.text("solve_for", "power") != "power")
        return no_peer("The script is for solve_for power.", "options.solve_for");
    RScript r{request, {}};
    std::string clusters;
    if (const json::value* value = request.require_option("clusters_per_sequence"); value && value->is_array())
        for (const json::value& item : value->get_array())
            clusters += (clusters.empty() ? "" : ", ") + RScript::literal(item);
    r.line(fmt::format("clusters <- c({}); S <- length(clusters); periods <- S + 1", clusters));
    r.line(fmt::format("n <- {}; mu0 <- {}; mu1 <- {}; tau <- {}; eta <- {}; gamma <- {}; rho <- {}; alpha <- {}",
                       RScript::literal(request.required_number("n_per_cell")),
                       RScript::literal(request.required_number("mu0")),
                       RScript::literal(request.required_number("mu1")), RScript::literal(request.number("tau", 0)),
                       RScript::literal(request.number("eta", 0)), RScript::literal(request.number("gamma", 0)),
                       RScript::literal(request.number("rho", 0)), RScript::literal(request.alpha())));
    if (request.text("outcome", "gaussian") == "binomial")
        r.line("middle <- (mu0 + mu1) / 2; s2 <- middle * (1 - middle)");
    else
        r.line(fmt::format("s2 <- {}^2", RScript::literal(request.required_number("sigma"))));
    r.line("information <- 0");
    r.line("for (s in 1:S) {");
    r.line("  x <- as.numeric(1:periods > s); one <- rep(1, periods)");
    r.line("  V <- diag(s2 / n + gamma^2, periods) + tau^2 + eta^2 * x %o% x + rho * tau * eta * (one %o% x + x %o% "
           "one)");
    r.line("  X <- cbind(diag(periods), x)");
    r.line("  information <- information + clusters[s] * t(X) %*% solve(V, X)");
    r.line("}");
    r.line("se <- sqrt(solve(information)[periods + 1, periods + 1]); z <- qnorm(1 - alpha / 2)");
    r.print("se", "se");
    r.print("power", "pnorm(abs(mu1 - mu0) / se - z) + pnorm(-abs(mu1 - mu0) / se - z)");
    return finished(request, r);
}

Outcome<std::string> ols(Request& request)
{
    const std::string vcov = request.text("vcov", "classical");
    const bool clustered = vcov.starts_with("CR");
    RScript r = clustered                ? RScript{request, {"clubSandwich"}}
                : vcov.starts_with("HC") ? RScript{request, {"sandwich"}}
                                         : RScript{request, {}};
    read_model(r);
    if (clustered) {
        r.labels("cluster", "cluster");
        r.line("complete <- complete.cases(d, cluster); d <- d[complete, , drop = FALSE]; cluster <- "
               "cluster[complete]");
    }
    r.line(fmt::format("found <- lm(if (ncol(d) > 1) y ~ {0} + . else y ~ {0}, d)", terms(request)));
    if (clustered) {
        r.line(fmt::format("table <- coef_test(found, vcov = \"{}\", cluster = cluster, test = \"Satterthwaite\")",
                           vcov));
        r.line("est <- table$beta; se <- table$SE; df <- table$df_Satt");
    } else {
        r.line("est <- coef(found); df <- found$df.residual");
        r.line(vcov == "classical" ? "se <- sqrt(diag(vcov(found)))"
                                   : fmt::format("se <- sqrt(diag(vcovHC(found, \"{}\")))", vcov));
    }
    coefficients(request, r);
    r.print("r2", "summary(found)$r.squared");
    r.print("sigma", "sigma(found)");
    return finished(request, r);
}

Outcome<std::string> lmm(Request& request)
{
    RScript r{request, {"lmerTest"}};
    read_model(r);
    r.labels("d$group_of_row", "group");
    r.line("columns <- setdiff(names(d), c(\"y\", \"group_of_row\"))");
    r.line(fmt::format("formula <- as.formula(paste(\"y ~ {} +\", paste(c(sprintf(\"`%s`\", columns), \"(1 | "
                       "group_of_row)\"), collapse = \" + \")))",
                       terms(request)));
    r.line(fmt::format("found <- lmer(formula, d, REML = {})",
                       request.text("fit", "REML") == "REML" ? "TRUE" : "FALSE"));
    r.line(fmt::format("table <- coef(summary(found, ddf = \"{}\"))",
                       request.text("df", "satterthwaite") == "satterthwaite" ? "Satterthwaite" : "Kenward-Roger"));
    r.line("est <- table[, 1]; se <- table[, 2]; df <- table[, 3]; v <- as.data.frame(VarCorr(found))$vcov");
    r.print("var_group", "v[1]");
    r.print("var_residual", "v[2]");
    r.print("icc", "v[1] / sum(v)");
    r.print("loglik", "logLik(found)");
    coefficients(request, r);
    return finished(request, r);
}

Outcome<std::string> ordinal(Request& request)
{
    RScript r{request, {"ordinal"}};
    read_model(r);
    r.line("d$y <- factor(d$y, ordered = TRUE)");
    r.line("found <- clm(if (ncol(d) > 1) y ~ . else y ~ 1, data = d)");
    r.print("thresholds", "found$alpha");
    r.print("loglik", "logLik(found)");
    r.line("table <- coef(summary(found))[-seq_along(found$alpha), , drop = FALSE]");
    r.line("est <- table[, 1]; se <- table[, 2]; df <- Inf");
    r.line("if (length(est)) {");
    coefficients(request, r);
    r.line("}");
    return finished(request, r);
}

namespace {

/// Prints one effect from est, se and df.
void effect(Request& request, RScript& r)
{
    r.line(fmt::format("margin <- qt(1 - (1 - {}) / 2, df) * se", level(request)));
    r.print("estimate", "est");
    r.print("se", "se");
    r.print("stat", "est / se");
    r.print("df", "df");
    r.print("p", "2 * pt(-abs(est / se), df)");
    r.print("ci_lo", "est - margin");
    r.print("ci_hi", "est + margin");
}

} // namespace

Outcome<std::string> did(Request& request)
{
    const std::string vcov = request.text("vcov", "CR2");
    if (!vcov.starts_with("CR"))
        return no_peer("The script is for the cluster-robust variances.", "options.vcov");
    RScript r{request, {"clubSandwich"}};
    r.column("y", "y");
    r.column("treated", "treated");
    r.column("post", "post");
    r.labels("cluster", "cluster");
    r.line("d <- na.omit(data.frame(y, treated, post, cluster))");
    r.line("found <- lm(y ~ treated * post, d)");
    r.line(fmt::format("table <- coef_test(found, vcov = \"{}\", cluster = d$cluster, test = \"Satterthwaite\")[4, ]",
                       vcov));
    r.line("est <- table$beta; se <- table$SE; df <- table$df_Satt");
    effect(request, r);
    for (const auto* arm : {"control", "treated"})
        for (const auto* moment : {"pre", "post"})
            r.print(fmt::format("means.{}_{}", arm, moment),
                    fmt::format("with(d, mean(y[treated == {} & post == {}]))", arm[0] == 't' ? 1 : 0,
                                std::string_view(moment) == "post" ? 1 : 0));
    return finished(request, r);
}

Outcome<std::string> its(Request& request)
{
    const bool newey_west = request.text("vcov", "classical") == "newey_west";
    const bool poisson = request.text("family", "gaussian") == "quasipoisson";
    RScript r = newey_west ? RScript{request, {"sandwich"}} : RScript{request, {}};
    r.column("y", "y");
    r.line(fmt::format("start <- {}; time <- seq_along(y); level_change <- as.numeric(time >= start)",
                       request.required_integer("start", 1, 1'000'000)));
    r.line("d <- data.frame(y, time, level_change)");
    if (request.flag("slope_change", true))
        r.line("d$slope_change <- (time - start) * level_change");
    r.line("named <- ncol(d)");
    const auto harmonics = request.integer("harmonics", 0, 0, 50);
    if (harmonics > 0) {
        if (request.has_data("season_index"))
            r.column("season", "season_index");
        else
            r.line("season <- time");
        r.line(fmt::format("for (h in 1:{0}) {{ angle <- 2 * pi * h * season / {1}; d[[paste0(\"sin_\", h)]] <- "
                           "sin(angle); d[[paste0(\"cos_\", h)]] <- cos(angle) }}",
                           harmonics, RScript::literal(request.required_number("season_period"))));
    }
    std::string offset = "NULL";
    if (request.has_data("exposure")) {
        r.column("exposure", "exposure");
        offset = "log(exposure)";
    }
    if (poisson)
        r.line(fmt::format("found <- glm(y ~ ., family = quasipoisson, data = d, offset = {}, control = "
                           "glm.control(epsilon = 1e-14))",
                           offset));
    else
        r.line("found <- lm(y ~ ., d)");
    const auto lag = request.optional_integer("lag", 0, 1'000'000);
    if (newey_west)
        r.line(fmt::format("v <- NeweyWest(found, lag = {}, prewhite = FALSE, adjust = FALSE)",
                           lag ? std::to_string(*lag) : "floor(4 * (sum(!is.na(y)) / 100)^(2 / 9))"));
    else
        r.line("v <- vcov(found)");
    r.line("est <- coef(found)[1:named]; se <- sqrt(diag(v))[1:named]; df <- found$df.residual");
    r.print("coefficients.estimate", "est");
    r.print("coefficients.se", "se");
    r.print("coefficients.p", "2 * pt(-abs(est / se), df)");
    r.line(fmt::format("margin <- {} * se", request.text("ci", "t") == "t"
                                                ? fmt::format("qt(1 - (1 - {}) / 2, df)", level(request))
                                                : fmt::format("qnorm(1 - (1 - {}) / 2)", level(request))));
    r.print("coefficients.ci_lo", "est - margin");
    r.print("coefficients.ci_hi", "est + margin");
    if (poisson)
        r.print("dispersion", "summary(found)$dispersion");
    else
        r.line("if (!anyNA(y)) show(\"durbin_watson\", sum(diff(resid(found))^2) / sum(resid(found)^2))");
    return finished(request, r);
}

Outcome<std::string> stepped_wedge(Request& request)
{
    RScript r{request, {"lmerTest"}};
    r.column("y", "y");
    r.labels("cluster", "cluster");
    r.labels("period", "period");
    r.column("treated", "treated");
    r.line("found <- lmer(y ~ treated + factor(period) + (1 | cluster))");
    r.line(fmt::format("table <- coef(summary(found, ddf = \"{}\"))[\"treated\", ]",
                       request.text("df", "satterthwaite") == "satterthwaite" ? "Satterthwaite" : "Kenward-Roger"));
    r.line("est <- table[[1]]; se <- table[[2]]; df <- table[[3]]; v <- as.data.frame(VarCorr(found))$vcov");
    effect(request, r);
    r.print("var_cluster", "v[1]");
    r.print("var_residual", "v[2]");
    return finished(request, r);
}

Outcome<std::string> alpha(Request& request)
{
    RScript r{request, {"psych"}};
    r.frame("items", "items");
    r.line("items <- na.omit(items); n <- nrow(items); k <- ncol(items)");
    r.line("found <- suppressWarnings(psych::alpha(items, check.keys = FALSE, warnings = FALSE))");
    r.line("a <- found$total$raw_alpha");
    r.print("alpha", "a");
    r.print("alpha_standardised", "found$total$std.alpha");
    r.print("mean_inter_item_r", "found$total$average_r");
    r.line(fmt::format("tail <- (1 - {}) / 2", level(request)));
    r.print("ci_lo", "1 - (1 - a) * qf(1 - tail, n - 1, (n - 1) * (k - 1))");
    r.print("ci_hi", "1 - (1 - a) * qf(tail, n - 1, (n - 1) * (k - 1))");
    r.print("items.item_rest_r", "found$item.stats$r.drop");
    r.line("if (k > 2) show(\"items.alpha_if_dropped\", found$alpha.drop$raw_alpha)");
    return finished(request, r);
}

Outcome<std::string> omega(Request& request)
{
    RScript r{request, {}};
    r.frame("items", "items");
    r.line("found <- factanal(na.omit(items), 1); loadings <- as.vector(found$loadings)");
    r.line("loadings <- loadings * sign(sum(loadings))");
    r.line("# factanal stops at about four digits");
    r.print("omega_total", "sum(loadings)^2 / (sum(loadings)^2 + sum(1 - loadings^2))");
    r.print("loadings", "loadings");
    return finished(request, r);
}

Outcome<std::string> rubin(Request& request)
{
    RScript r{request, {"mice"}};
    r.column("estimates", "estimates");
    r.column("ses", "ses");
    r.line("complete <- complete.cases(estimates, ses)");
    const auto n = request.optional_number("n");
    r.line(fmt::format("found <- pool.scalar(estimates[complete], ses[complete]^2, n = {}, k = {})",
                       n ? RScript::literal(*n) : "Inf", request.integer("k", 1, 0, 1'000'000)));
    r.line(fmt::format("margin <- qt(1 - (1 - {}) / 2, found$df) * sqrt(found$t)", level(request)));
    r.print("estimate", "found$qbar");
    r.print("se", "sqrt(found$t)");
    r.print("within", "found$ubar");
    r.print("between", "found$b");
    r.print("riv", "found$r");
    r.print("df", "found$df");
    r.print("fmi", "found$fmi");
    r.print("ci_lo", "found$qbar - margin");
    r.print("ci_hi", "found$qbar + margin");
    return finished(request, r);
}

} // namespace beproefd::statistics::door::scripts
