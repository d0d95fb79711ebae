// An input's rows in order, and cut into slices: what all methods work on that take runs as they are, whatever made them.
#pragma once
#include "columns.hpp"
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// Rows of an input by its value.
struct OrderedInput {
    std::vector<std::uint32_t> order; ///< rows by rising value, equal ones in an order that is drawn
    std::vector<std::uint32_t> level; ///< [row]: the place of its value among the distinct ones
    std::size_t levels = 0;           ///< distinct values
    bool is_choice = false;           ///< whose values have no order
    bool has_few = false;             ///< choices, and numbers of at most 20 distinct values, which are taken one by one
};
/// Throws std::invalid_argument if a value is no number.
OrderedInput ordered(const InputColumn& input, std::uint64_t seed);

/// Which slice each row is in.
struct Slices {
    std::vector<std::uint32_t> of;    ///< [row]
    std::vector<std::uint32_t> sizes; ///< [slice]: rows; none is empty
};
/// One for each level, else `wanted` of equally many rows; rows of one value stay together.
Slices sliced(const OrderedInput& input, std::uint32_t wanted);
/// The input with its slices for values: of rows of a Sobol' sequence, whose neighbours in one coordinate stand far apart in the others, so that they are not as if drawn. As many as leave 64 rows in
/// each, from 4 to 64.
OrderedInput in_slices(const OrderedInput& input);
/// Slices of about the same sizes whose rows are drawn: those of a dummy, which does nothing. Rows of one value of a number stay together, since they may share all other inputs too.
Slices shuffled_slices(const Slices& slices, const OrderedInput& input, std::uint64_t seed, std::uint64_t number);
/// How much more the mean of these numbers varies than if rows of one value had nothing in common (Kish 1965): 1 + (rows of a value - 1) x their correlation. At least 1; of a choice 1.
double design_effect(const OrderedInput& input, std::span<const double> y);

} // namespace entente
