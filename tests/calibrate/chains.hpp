// The chains of the reference values: 4 of 1,000 draws, from the innovations in innovations.csv.
#pragma once
#include "calibrate/convergence.hpp"
#include "core/csv.hpp"
#include "core/number.hpp"
#include "core/text.hpp"
#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace entente {

/// Columns of a table of numbers, one after the other; a blank name of the first column is allowed.
inline std::vector<std::vector<double>> columns_of(const std::string& file)
{
    const Table table = parse_csv(read_file(fmt::format("{}/tests/calibrate/{}", SOURCE_DIR, file)));
    std::vector<std::vector<double>> columns(table.header.size());
    for (const auto& row : table.rows)
        for (std::size_t c = 0; c < columns.size(); ++c) columns[c].push_back(number_in<double>(row[c]).value());
    return columns;
}

/// A few chains as Chains has them.
struct Drawn {
    std::vector<double> values;
    std::size_t chains;
    operator Chains() const { return {values, chains}; }
};
inline Drawn joined(const std::vector<std::vector<double>>& chains)
{
    Drawn all{{}, chains.size()};
    for (const auto& chain : chains) all.values.insert(all.values.end(), chain.begin(), chain.end());
    return all;
}
/// The first draws of the first chains.
inline Drawn part(const std::vector<std::vector<double>>& chains, std::size_t draws, std::size_t count)
{
    Drawn some{{}, count};
    for (std::size_t c = 0; c < count; ++c) some.values.insert(some.values.end(), chains[c].begin(), chains[c].begin() + static_cast<std::ptrdiff_t>(draws));
    return some;
}

/// Each chain with this correlation from draw to draw and the spread of its innovations.
inline std::vector<std::vector<double>> autoregressive(std::vector<std::vector<double>> chains, double correlation)
{
    const double rest = std::sqrt(1 - correlation * correlation);
    for (auto& x : chains)
        for (std::size_t i = 1; i < x.size(); ++i) x[i] = correlation * x[i - 1] + rest * x[i];
    return chains;
}

} // namespace entente
