#include "drivers.hpp"
#include "kernel.hpp"
#include <algorithm>

namespace entente {

const Row& row_of(const DialRow& row)
{
    const std::vector<Row>& rows = row.section == "levers" ? describe().levers : describe().parameters;
    return rows.at(Description::find(rows, row.name));
}

static double end_of(const DialRow& row, double dial) { return dial < 0.5 ? row.low : row.high; }
static double way_to(double dial) { return dial < 0.5 ? 1 - 2 * dial : 2 * dial - 1; }

double added(const DialRow& row, double dial) { return way_to(dial) * end_of(row, dial); }

double moved(const DialRow& row, double dial, double value)
{
    if (dial == 0.5) return value;
    const Row& of = row_of(row);
    const double free = row.by == DialRow::By::sum ? value + added(row, dial) : value * (1 + way_to(dial) * (end_of(row, dial) - 1));
    return static_cast<float>(std::clamp(free, std::min(of.low, value), std::max(of.high, value)));
}

const std::vector<Row>& driver_rows()
{
    static const std::vector<Row> rows = [] {
        std::vector<Row> all;
        for (const Driver& d : drivers) all.push_back({.name = d.name, .unit = "dial", .standard = 0.5, .low = 0, .high = 1, .meaning = d.label, .source = d.claims});
        return all;
    }();
    return rows;
}

} // namespace entente
