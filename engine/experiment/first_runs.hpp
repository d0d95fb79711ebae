// The first runs of a result, one by one, as much of each as a reader tells futures apart by: what a page carries.
#pragma once
#include "../store/store.hpp"
#include <optional>

namespace entente {

/// Runs that failed are left out.
struct FirstRuns {
    std::uint32_t whole = 0;               ///< in the result
    std::vector<std::uint32_t> runs;       ///< their numbers
    std::vector<int> quarters;             ///< of the classes: the first of each year, and the report dates
    std::vector<std::uint8_t> code;        ///< [quarter][run]: outcome codes
    std::vector<std::int16_t> first_event; ///< [event][run], -1: not seen
    std::vector<std::size_t> parameters;   ///< numbers in the description of those that differ between them
    std::vector<float> parameter;          ///< [parameter][run]
    std::vector<std::size_t> structures;   ///< the same
    std::vector<std::uint8_t> structure;   ///< [structure][run]
    std::vector<int> dates;                ///< report dates
    std::vector<std::size_t> variables;    ///< numbers in the description of the indicators that answers show
    std::vector<float> value;              ///< [date][variable][run]
};
/// As many as fit into so many bytes, a parameter in two. Nothing if the result keeps no single runs. Throws as read_runs().
std::optional<FirstRuns> first_runs(const std::string& path, const StoredResult& result, std::size_t bytes);

} // namespace entente
