// Tables of particles, [particle][number]: what they have in common, how far they have moved, how many they are worth. Pure functions.
#pragma once
#include "ruler.hpp"
#include <cstddef>
#include <span>
#include <vector>

namespace entente {

/// Row `i` of a table of rows of this width.
inline std::span<const double> row(const std::vector<double>& table, std::size_t i, std::size_t width) { return std::span(table).subspan(i * width, width); }
/// At the table's end.
inline void append(std::vector<double>& table, std::span<const double> numbers) { table.insert(table.end(), numbers.begin(), numbers.end()); }

/// Indices of rows of which no two are the same.
std::vector<std::size_t> different(const std::vector<double>& table, std::size_t width);
/// Share of rows that are as they were.
double unmoved(const std::vector<double>& before, const std::vector<double>& after, std::size_t width);
/// Mean over parameters of the distance between two sets of as many draws, in deviations of the second; of as many independent draws of one normal distribution it is about 1.5 / sqrt(draws).
double wasserstein(const std::vector<double>& before, const std::vector<double>& after, std::size_t d);
/// [particle], of [particle][summary].
std::vector<double> distances_of(const Ruler& ruler, const std::vector<double>& summaries, std::span<const double> observed);
/// The count-th smallest.
double smallest(std::vector<double> values, std::size_t count);
/// The effective number of what is different: copies count as one particle that has their weights together.
double different_number(const std::vector<double>& particles, std::size_t width, std::span<const double> weights);

} // namespace entente
