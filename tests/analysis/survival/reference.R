# Writes the numbers that survival_test.cpp is held to: Rscript reference.R, in this folder. Made with R 4.2.2 and survival 3.5-3.
# runs.csv: 240 made-up waits in two groups, whole numbers so that many tie, some censored at the same times; cause 0 is censored, 1 and 2 compete.
library(survival)
set.seed(1)
n <- 240
group <- rep(0:1, each = n / 2)
wait <- ceiling(rexp(n, ifelse(group == 0, .05, .09)))
censored <- ceiling(runif(n, 0, 60))
cause <- ifelse(wait <= censored, ifelse(runif(n) < .35, 2, 1), 0)
runs <- data.frame(group, time = pmin(wait, censored), cause)
write.csv(runs, "runs.csv", row.names = FALSE, quote = FALSE)
digits <- function(x) trimws(formatC(x, digits = 17, format = "g"))
curve <- NULL
for (g in 0:1) {
    d <- runs[runs$group == g, ]
    plain <- survfit(Surv(time, cause > 0) ~ 1, d, conf.type = "plain")
    loglog <- survfit(Surv(time, cause > 0) ~ 1, d, conf.type = "log-log")
    apart <- survfit(Surv(time, factor(cause, 0:2)) ~ 1, d)
    curve <- rbind(curve, cbind(g, plain$time, plain$n.risk, plain$n.event, plain$n.censor, plain$surv, plain$std.err * plain$surv, plain$lower, plain$upper,
                                loglog$lower, loglog$upper, apart$pstate[, 2:3], apart$std.err[, 2:3]))
}
curve <- apply(curve, 2, digits)
colnames(curve) <- c("group", "time", "at_risk", "events", "censored", "survival", "error", "plain_low", "plain_high", "loglog_low", "loglog_high",
                     "incidence_1", "incidence_2", "error_1", "error_2")
write.csv(curve, "curve.csv", row.names = FALSE, quote = FALSE)
numbers <- NULL
add <- function(name, x) numbers <<- rbind(numbers, c(name, digits(x)))
for (g in 0:1) {
    s <- survfit(Surv(time, cause > 0) ~ 1, runs[runs$group == g, ], conf.type = "log-log")
    t <- summary(s, rmean = 30)$table
    add(paste0("median_", g), t["median"]); add(paste0("median_low_", g), t["0.95LCL"]); add(paste0("median_high_", g), t["0.95UCL"])
    add(paste0("rmean30_", g), t["rmean"]); add(paste0("rmean30_error_", g), t["se(rmean)"])
}
d <- survdiff(Surv(time, cause > 0) ~ group, runs)
add("logrank_chisq", d$chisq); add("logrank_p", pchisq(d$chisq, 1, lower.tail = FALSE))
add("expected_0", d$exp[1]); add("expected_1", d$exp[2])
third <- survdiff(Surv(time, cause > 0) ~ rep(0:2, length.out = n), runs) # three groups, row by row in turn
add("logrank3_chisq", third$chisq); add("logrank3_p", pchisq(third$chisq, 2, lower.tail = FALSE))
for (half in list(c(1, 2, 3, 4), c(1, 2, 6, 6), c(2, 2, 7, 9))) # S = 1/2 from the second event to the third
    add(paste0("half_", paste(half, collapse = "")), summary(survfit(Surv(half, c(1, 1, 1, 1)) ~ 1))$table["median"])
add("half_to_the_end", summary(survfit(Surv(c(1, 2, 5, 5), c(1, 1, 0, 0)) ~ 1))$table["median"]) # it never falls below
write.table(numbers, "numbers.csv", sep = ",", row.names = FALSE, col.names = c("name", "value"), quote = FALSE)
