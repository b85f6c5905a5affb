# What R takes for the same rows: called by "vauban bench studies" with a folder that holds them.
# Writes a line for each fit: its name, its seconds, then its numbers. Ends with 3 where a package is missing.
folder <- commandArgs(TRUE)[1]
what <- commandArgs(TRUE)[2]
sizes <- scan(file.path(folder, "sizes.txt"), quiet = TRUE)
doubles <- function(name, n) readBin(file.path(folder, name), "double", n, endian = "little")
integers <- function(name, n) readBin(file.path(folder, name), "integer", n, endian = "little")
need <- function(package) {
  if (!suppressMessages(require(package, character.only = TRUE, quietly = TRUE))) quit(status = 3)
}
say <- function(name, seconds, numbers) cat(name, format(c(seconds, numbers), digits = 17, scientific = TRUE, trim = TRUE), "\n")

if (what == "cox") {
  need("survival")
  rows <- sizes[1]
  columns <- sizes[2]
  x <- matrix(doubles("columns.bin", rows * columns), rows, columns)
  y <- Surv(doubles("time.bin", rows), integers("event.bin", rows))
  for (run in 1:3) {
    seconds <- system.time(fit <- coxph.fit(
      x, y, strata = NULL, offset = NULL, init = rep(0, columns), control = coxph.control(), weights = NULL,
      method = "efron", rownames = NULL, resid = FALSE
    ))["elapsed"]
    say("cox", seconds, fit$coefficients)
  }
}

if (what == "lasso") {
  need("glmnet")
  rows <- sizes[1]
  columns <- sizes[2]
  cells <- sizes[3]
  steps <- sizes[4]
  x <- new("dgCMatrix",
    i = integers("row.bin", cells), p = integers("begin.bin", columns + 1), x = rep(1, cells), Dim = as.integer(c(rows, columns))
  )
  y <- integers("event.bin", rows)
  lambda <- doubles("lambda.bin", steps)
  for (thresh in c(1e-7, 1e-13)) {
    seconds <- system.time(fit <- glmnet(
      x, y, family = "binomial", lambda = lambda, standardize = FALSE, thresh = thresh, maxit = 1e7
    ))["elapsed"]
    say(sprintf("lasso-%g", thresh), seconds, c(fit$a0[steps], as.numeric(fit$beta[, steps])))
  }
}
