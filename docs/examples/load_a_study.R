# Loads a study that `warmline export` wrote and draws three figures, with base R alone.
#
#     Rscript load_a_study.R pilot
#
# It writes use.svg, check_ins.svg and feelings.svg beside you.

folder <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(folder)) stop("Give the folder of a study: Rscript load_a_study.R pilot")

# "none" is an answer here, so only an empty cell is missing.
load_table <- function(name) {
  read.csv(file.path(folder, paste0(name, ".csv")), na.strings = "", stringsAsFactors = FALSE)
}

people <- load_table("participants")
people <- people[people$test_account != "true", ]
turns <- merge(load_table("turns"), people["participant"])
check_ins <- merge(load_table("check_ins"), people["participant"])
few <- 11 # people below which nothing is drawn

people_per <- function(group, participant) tapply(participant, group, function(p) length(unique(p)))

# 1. Use over the weeks
svg("use.svg", width = 7, height = 4.5)
week <- turns$day %/% 7
wrote <- people_per(week, turns$participant)
wrote[wrote < few] <- NA
barplot(wrote, xlab = "week since first contact", ylab = "people who wrote", col = "#3b7dc4", border = NA)
invisible(dev.off())

# 2. Check-ins answered
svg("check_ins.svg", width = 7, height = 4.5)
left <- check_ins[check_ins$state %in% c("sent", "answered", "unknown"), ]
if (nrow(left) > 0) {
  week <- left$day %/% 7
  share <- tapply(left$state == "answered", week, mean)
  share[people_per(week, left$participant) < few] <- NA
  if (any(!is.na(share))) {
    plot(as.integer(names(share)), 100 * share, type = "b", ylim = c(0, 100), pch = 19, col = "#c8691c",
         xlab = "week since first contact", ylab = "check-ins answered, %")
  }
}
invisible(dev.off())

# 3. Feelings, by how many people named them
svg("feelings.svg", width = 7, height = 5)
named <- strsplit(turns$feelings, " ", fixed = TRUE)
long <- data.frame(participant = rep(turns$participant, lengths(named)), feeling = unlist(named))
long <- long[!long$feeling %in% c("none", "hidden", "rare", "unlisted"), ]
counts <- sort(people_per(long$feeling, long$participant), decreasing = TRUE)
counts <- head(counts[counts >= few], 12)
if (length(counts) > 0) {
  par(mar = c(4, 8, 1, 1))
  barplot(rev(counts), horiz = TRUE, las = 1, xlab = "people who named it", col = "#2e8f5b", border = NA)
}
invisible(dev.off())
