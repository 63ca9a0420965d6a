# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# The same work in R, with the packages an evaluator would otherwise use; sizes as in statistics_meta_bench and
# statistics_models_bench, data of R's own generator. Medians in milliseconds, one process, one thread.
#   Rscript bench/statistics/beside.R      (script/bootstrap --with-r installs what it needs)

suppressMessages({
  library(metafor)
  library(clubSandwich)
  library(boot)
  library(lme4)
  library(exactRankTests)
})
set.seed(20261121)
cat("| task in R | median |\n|---|---|\n")

# Prints a row; `per` divides, for work of which only a part is repeated here.
measure <- function(what, runs, work, per = 1) {
  times <- replicate(runs, system.time(work(), gcFirst = FALSE)[["elapsed"]])
  cat(sprintf("| %s | %.3f ms |\n", what, 1000 * median(times) / per))
}

studies <- function(k) {
  vi <- runif(k, 0.01, 0.2)
  list(yi = rnorm(k, 0.2, sqrt(0.05 + vi)), vi = vi, x = rnorm(k))
}

for (k in c(13, 100, 1000)) {
  s <- studies(k)
  repeats <- if (k < 1000) 20 else 1
  measure(sprintf("meta.rma REML, k = %d", k), 7, function() {
    for (i in seq_len(repeats)) rma(s$yi, s$vi, method = "REML")
  }, repeats)
}
small <- studies(13)
fit <- rma(small$yi, small$vi, method = "REML")
measure("meta.influence, k = 13", 7, function() influence(fit))
measure("meta.leave1out, k = 13", 7, function() leave1out(fit))
moderated <- rma(small$yi, small$vi, mods = ~ small$x, method = "REML")
measure("meta.permutation, 10,000 resamples, k = 13, one moderator (1,000 done, times ten)", 1, function() {
  permutest(moderated, iter = 1000, progbar = FALSE)
}, 0.1)

nested <- transform(data.frame(studies(56)), district = rep(1:11, length.out = 56), school = 1:56)
three <- rma.mv(yi, vi, random = ~ 1 | district / school, data = nested)
measure("meta.multilevel three levels, k = 56", 5, function() rma.mv(yi, vi, random = ~ 1 | district / school, data = nested))
measure("CR2 with Satterthwaite, k = 56", 5, function() coef_test(three, vcov = "CR2", cluster = nested$district))

values <- rnorm(40)
measure("BCa bootstrap of a mean, n = 40, 10,000 resamples", 3, function() {
  boot.ci(boot(values, function(x, i) mean(x[i]), R = 10000), type = "bca")
})

wedge <- expand.grid(person = 1:10, period = 1:5, cluster = 1:8)
wedge$treated <- as.numeric(wedge$period > (wedge$cluster + 1) %/% 2)
wedge$y <- rnorm(nrow(wedge)) + rnorm(8)[wedge$cluster] * 0.2
measure("stepped wedge 8×5×10, 1000 REML simulations (20 done, times fifty)", 3, function() {
  for (i in 1:20) suppressMessages(lmer(y ~ factor(period) + treated + (1 | cluster), data = wedge))
}, 0.02)

a <- rnorm(60)
b <- rnorm(60, 0.3)
measure("exact rank sum, 60 against 60", 7, function() wilcox.exact(a, b, exact = TRUE))

long <- data.frame(y = rnorm(10000), x = rnorm(10000), cluster = rep(1:100, each = 100))
measure("mixed model, 10000 rows", 5, function() lmer(y ~ x + (1 | cluster), data = long))
