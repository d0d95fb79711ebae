#include "factors.hpp"
#include "../core/text.hpp"
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

/// The table of the model in which what a factor sets has its row.
static const std::vector<Row>& table_of(std::string_view section)
{
    const Description& d = describe();
    return section == "parameters" ? d.parameters : section == "structures" ? d.structures : section == "levers" ? d.levers : section == "events" ? d.forced : d.variables;
}

std::vector<FactorText> factor_texts(const std::vector<Factor>& factors, const std::vector<Placement>& placements)
{
    std::vector<FactorText> all;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const Factor& f = factors[i];
        const std::string& sets = placements[i].sets;
        const std::size_t dot = sets.find('.');
        const std::vector<Row>& rows = table_of(std::string_view(sets).substr(0, dot));
        const Row& row = rows.at(Description::find(rows, sets.substr(dot + 1)));
        const auto unit = f.kind == Factor::Kind::date ? "quarters since 2014Q1" : f.kind == Factor::Kind::choice ? "choice" : row.unit;
        all.push_back({.name = f.name,
                       .kind = std::string(kind_names[static_cast<std::size_t>(f.kind)]),
                       .choices = fmt::format("{}", fmt::join(f.choices, "|")),
                       .sets = sets,
                       .unit = std::string(unit),
                       .meaning = std::string(row.meaning),
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
