#include "base_rates.hpp"
#include "../core/interval.hpp"
#include "../core/csv.hpp"
#include "rate_definitions.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {

std::string_view base_rates_csv();

namespace {

/// [base rate]: how it is counted; nothing for what the model does not have.
const std::vector<Count>& counts()
{
    static const std::vector<Count> all = [] {
        std::vector<Count> by_row(base_rates().size());
        for (const RateDefinition& d : rate_definitions()) {
            const auto row = std::ranges::find(base_rates(), d.id, &BaseRate::id);
            if (row == base_rates().end()) throw std::logic_error(fmt::format("base_rates.csv: no row '{}'", d.id));
            by_row[static_cast<std::size_t>(row - base_rates().begin())] = d.count;
        }
        return by_row;
    }();
    return all;
}

} // namespace

const std::vector<BaseRate>& base_rates()
{
    static const std::vector<BaseRate> all = [] {
        const Table table = parse_csv(base_rates_csv());
        std::vector<BaseRate> rates;
        for (const auto& row : table.rows) {
            const auto text = [&](const char* column) { return row[table.column(column)]; };
            const auto number = [&](const char* column) { return text(column).empty() ? std::nullopt : std::optional(std::stod(text(column))); };
            rates.push_back({.id = text("id"),
                             .event = text("event"),
                             .when = text("when"),
                             .yearly = text("per") == "year",
                             .base = number("base"),
                             .low = number("low"),
                             .high = number("high"),
                             .status = text("status"),
                             .source = text("source"),
                             .note = text("note")});
        }
        return rates;
    }();
    return all;
}

void RateCount::add(const BlockResult& block, std::size_t runs)
{
    for (std::size_t run = 0; run < runs; ++run) {
        if (block.failed_quarter[run] >= 0) continue;
        ++runs_;
        for (std::size_t i = 0; i < counts().size(); ++i) {
            if (!counts()[i]) continue;
            const auto [n, e] = counts()[i]({block, run, runs, start_});
            Sums& s = sums_[i];
            s.n += n, s.e += e, s.nn += n * n, s.ne += n * e, s.ee += e * e;
        }
    }
}

/// A ratio of sums over independent runs and its linearised standard error (Cochran 1977, Sampling Techniques, 6.4). If nothing happened, or all that could: the exact
/// bound of a Poisson count of 0, as if all that was at risk were independent.
static Interval ratio(std::uint64_t happened, std::uint64_t at_risk, double runs, double residual_squares)
{
    constexpr double of_none = 3.688879; // -ln .025
    const double e = static_cast<double>(at_risk), r = static_cast<double>(happened) / e;
    if (at_risk == 0)
        return {.estimate = std::numeric_limits<double>::quiet_NaN(), .low = -std::numeric_limits<double>::infinity(), .high = std::numeric_limits<double>::infinity()};
    if (happened == 0) return {.estimate = 0, .low = 0, .high = of_none / e, .used = static_cast<std::uint64_t>(runs)};
    if (happened == at_risk) return {.estimate = 1, .low = std::max(0.0, 1 - of_none / e), .high = 1, .used = static_cast<std::uint64_t>(runs)};
    const double error = runs > 1 ? std::sqrt(std::max(0.0, residual_squares) * runs / (runs - 1)) / e : std::numeric_limits<double>::infinity();
    return {.estimate = r, .low = std::max(0.0, r - z95 * error), .high = r + z95 * error, .used = static_cast<std::uint64_t>(runs)};
}

std::vector<std::optional<ModelRate>> RateCount::rates() const
{
    std::vector<std::optional<ModelRate>> all(base_rates().size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!counts()[i]) continue;
        const Sums& s = sums_[i];
        const double r = static_cast<double>(s.n) / static_cast<double>(s.e);
        Interval x = ratio(s.n, s.e, static_cast<double>(runs_), static_cast<double>(s.nn) - 2 * r * static_cast<double>(s.ne) + r * r * static_cast<double>(s.ee));
        const double scale = base_rates()[i].yearly ? 4 : 1; // at risk are quarters
        x.estimate *= scale, x.low *= scale, x.high *= scale;
        all[i] = ModelRate{s.n, s.e, x};
    }
    return all;
}

} // namespace entente
