#include "within.hpp"
#include <algorithm>
#include <cmath>

namespace entente {
namespace {

constexpr int table_size = 200;

/// The least u in (0, 1) at which the quantile is `x` or more.
double reached_at(const Distribution& d, double x)
{
    double low = 0, high = 1;
    for (int step = 0; step < 50; ++step) {
        const double middle = 0.5 * (low + high);
        (quantile(d, middle) < x ? low : high) = middle;
    }
    return high;
}
double passed_at(const Distribution& d, double x)
{
    double low = 0, high = 1;
    for (int step = 0; step < 50; ++step) {
        const double middle = 0.5 * (low + high);
        (quantile(d, middle) <= x ? low : high) = middle;
    }
    return low;
}

Distribution as_table(const Distribution& d, double low, double high)
{
    const double first = reached_at(d, low), last = passed_at(d, high);
    Distribution table{.shape = Shape::table};
    for (int i = 0; i < table_size; ++i) table.values.push_back(std::clamp(quantile(d, first + (i + 0.5) / table_size * (last - first)), low, high));
    table.weights.assign(table_size, 1.0 / table_size);
    return table;
}

} // namespace

Distribution within(const Distribution& d, double low, double high, const Row& row)
{
    Distribution cut = d;
    switch (d.shape) {
    case Shape::value: return d;
    case Shape::uniform:
    case Shape::log_uniform:
        cut.a = std::max(d.a, low), cut.b = std::min(d.b, high);
        return cut.a < cut.b ? cut : Distribution{.shape = Shape::value, .a = std::clamp((low + high) / 2, d.a, d.b)};
    case Shape::normal:
    case Shape::log_normal: {
        if (d.cut == Cut::limit) {
            if (low <= d.low && high >= d.high) return d;
            low = std::max(low, row.low), high = std::min(high, row.high); // limits may be wider than what a file may say
        }
        const bool atoms = d.cut == Cut::limit && (low <= d.low || high >= d.high); // at a limit whole shares of the draws stand
        if (atoms) return as_table(d, low, high);
        const double least = d.cut == Cut::truncate ? d.low : row.low, most = d.cut == Cut::truncate ? d.high : row.high;
        cut.cut = Cut::truncate, cut.low = std::max(low, least), cut.high = std::min(high, most);
        return cut.low < cut.high ? cut : Distribution{.shape = Shape::value, .a = std::clamp((low + high) / 2, row.low, row.high)};
    }
    case Shape::beta: {
        if (low <= d.low && high >= d.high) return d;
        const double least = std::max(low, row.low), most = std::min(high, row.high);
        return least < most ? as_table(d, least, most) : Distribution{.shape = Shape::value, .a = std::clamp((low + high) / 2, row.low, row.high)};
    }
    case Shape::table: {
        cut.values.clear(), cut.weights.clear();
        double sum = 0;
        for (std::size_t i = 0; i < d.values.size(); ++i)
            if (d.values[i] >= low && d.values[i] <= high) cut.values.push_back(d.values[i]), cut.weights.push_back(d.weights[i]), sum += d.weights[i];
        if (!(sum > 0)) return d;
        for (double& w : cut.weights) w /= sum;
        return cut;
    }
    }
    return d;
}

JointDraws within(const JointDraws& draws, const std::vector<std::array<double, 2>>& bounds)
{
    JointDraws cut{.names = draws.names, .values = {}};
    const std::size_t names = draws.names.size();
    for (std::size_t draw = 0; draw < draws.draws(); ++draw) {
        bool in = true;
        for (std::size_t n = 0; n < names && in; ++n) {
            const double x = draws.values[draw * names + n];
            in = x >= bounds[n][0] && x <= bounds[n][1];
        }
        if (in)
            cut.values.insert(cut.values.end(), draws.values.begin() + static_cast<std::ptrdiff_t>(draw * names), draws.values.begin() + static_cast<std::ptrdiff_t>((draw + 1) * names));
    }
    return cut;
}

} // namespace entente
