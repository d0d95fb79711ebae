#include "factors.hpp"
#include "../core/text.hpp"
#include <algorithm>
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

void put_factors(const std::vector<Factor>& factors, SweepHead& head)
{
    for (const Factor& f : factors) {
        head.factors.push_back(f.name);
        head.factor_kinds.emplace_back(kind_names[static_cast<std::size_t>(f.kind)]);
        head.factor_choices.push_back(fmt::format("{}", fmt::join(f.choices, "|")));
    }
}

std::vector<Factor> factors_of(const SweepHead& head)
{
    std::vector<Factor> all;
    for (std::size_t f = 0; f < head.factors.size(); ++f) {
        const auto kind = std::ranges::find(kind_names, head.factor_kinds[f]);
        if (kind == std::end(kind_names)) throw std::runtime_error(fmt::format("factor {}: no kind of factor is called '{}'", head.factors[f], head.factor_kinds[f]));
        Factor factor{.name = head.factors[f], .kind = static_cast<Factor::Kind>(kind - std::begin(kind_names))};
        if (factor.kind == Factor::Kind::choice) factor.choices = split(head.factor_choices[f], '|');
        if (factor.kind == Factor::Kind::number && !is_single(head, f)) factor.levels = column(head, f);
        all.push_back(std::move(factor));
    }
    return all;
}

} // namespace entente
