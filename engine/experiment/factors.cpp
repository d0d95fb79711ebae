#include "factors.hpp"
#include "../core/text.hpp"
#include "../model/drivers.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>

namespace entente {

static constexpr std::string_view kind_names[] = {"number", "whole", "date", "choice"}; // in the order of Factor::Kind

static std::vector<double> column(const SweepHead& head, std::size_t factor)
{
    std::vector<double> values;
    for (std::size_t at = factor; at < head.values.size(); at += head.factors.size()) values.push_back(head.values[at]);
    return values;
}

/// Drawn numbers are of single precision, and are written so; listed ones are not.
static bool is_single(const SweepHead& head, std::size_t factor)
{
    return std::ranges::all_of(column(head, factor), [](double x) { return static_cast<double>(static_cast<float>(x)) == x; });
}

/// The row of the model of what a factor sets, "levers.western_carrot".
static const Row& row_of(const std::string& sets)
{
    const Description& d = describe();
    const std::string section = sets.substr(0, sets.find('.')), name = sets.substr(section.size() + 1);
    const std::vector<Row>& rows = section == "parameters"   ? d.parameters
                                   : section == "structures" ? d.structures
                                   : section == "levers"     ? d.levers
                                   : section == "events"     ? d.forced
                                   : section == "drivers"    ? driver_rows()
                                                             : d.variables;
    return rows.at(Description::find(rows, name));
}

/// What each of several says, joined, or what all of them say.
static std::string of_all(const Placements& placements, std::string_view Row::*what, const char* between)
{
    std::vector<std::string> all;
    for (const Placement& p : placements)
        if (const std::string text(row_of(p.sets).*what); std::ranges::find(all, text) == all.end()) all.push_back(text);
    return fmt::format("{}", fmt::join(all, between));
}

std::vector<FactorText> factor_texts(const std::vector<Factor>& factors, const std::vector<Placements>& placements)
{
    std::vector<FactorText> all;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const Factor& f = factors[i];
        const std::string unit = f.kind == Factor::Kind::date ? "quarters since 2014Q1" : f.kind == Factor::Kind::choice ? "choice" : of_all(placements[i], &Row::unit, ", ");
        all.push_back({.name = f.name,
                       .kind = std::string(kind_names[static_cast<std::size_t>(f.kind)]),
                       .choices = fmt::format("{}", fmt::join(f.choices, "|")),
                       .sets = sets_text(placements[i]),
                       .unit = unit,
                       .meaning = of_all(placements[i], &Row::meaning, "; "),
                       .values = values_text(f),
                       .low = f.low,
                       .high = f.kind == Factor::Kind::choice ? static_cast<double>(f.choices.size() - 1) : f.high});
    }
    return all;
}

std::vector<Factor> factors_of(const SweepHead& head)
{
    std::vector<Factor> all;
    for (std::size_t f = 0; f < head.factors.size(); ++f) {
        const FactorText& text = head.factors[f];
        const auto kind = std::ranges::find(kind_names, text.kind);
        if (kind == std::end(kind_names)) throw std::runtime_error(fmt::format("factor {}: no kind of factor is called '{}'", text.name, text.kind));
        Factor factor{.name = text.name, .kind = static_cast<Factor::Kind>(kind - std::begin(kind_names))};
        if (factor.kind == Factor::Kind::choice) factor.choices = split(text.choices, '|');
        if (factor.kind == Factor::Kind::number && !is_single(head, f)) factor.levels = column(head, f);
        const auto is_value = [&](double x) { return factor.kind == Factor::Kind::choice ? x >= 0 && x < static_cast<double>(factor.choices.size()) : std::abs(x) < 1e6; };
        if (factor.kind != Factor::Kind::number && !std::ranges::all_of(column(head, f), is_value))
            throw std::runtime_error(fmt::format("factor {}: has a value that it cannot have", factor.name));
        all.push_back(std::move(factor));
    }
    return all;
}

} // namespace entente
