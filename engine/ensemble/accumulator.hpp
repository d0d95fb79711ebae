// Streaming summaries of an ensemble: integer sums and histograms, so that neither the order of blocks nor the number of threads can matter.
#pragma once
#include "ensemble.hpp"
#include <mutex>
#include <string>
#include <string_view>

namespace entente {

class Accumulator {
public:
    /// For at most the scenario's runs: few runs need few bins.
    Accumulator(const Kernel& kernel, const Scenario& scenario);
    /// Adds a block; `first_run` numbers its failures. May be called by several threads at once.
    void add(const BlockResult& block, std::uint32_t first_run, std::uint32_t runs);
    Summary summary() const;
    /// Everything that was added, as bytes that another accumulator of the same scenario and program can add to its own: `head`, which is filled, then
    /// views of this accumulator's own memory. Not while a block is added.
    std::vector<std::string_view> state(std::string& head) const;
    /// Throws std::invalid_argument if the bytes are not of this scenario and program.
    void add_state(std::string_view bytes);

private:
    struct Cell {
        std::int64_t fine = 0, sum = 0; // in steps of the range, finer ones for the mean: see accumulator.cpp
        __int128 squares = 0;
        float least, most;
    };
    decltype(Kernel::sum_up) sum_up_;
    std::uint32_t quarters_, start_, variables_, events_;
    int bin_bits_;                         ///< 2^bin_bits bins over a variable's range: 256, fewer below 32 runs
    std::vector<std::mutex> locks_;        ///< one per quarter; the last for what has no quarter
    std::vector<Cell> cells_;              ///< [quarter][variable]
    std::vector<std::uint32_t> histogram_; ///< [quarter][variable][bin]
    std::vector<std::uint32_t> code_count_, event_count_;
    std::uint32_t runs_ = 0, failed_ = 0;
    std::vector<Summary::Failure> failures_;
};

} // namespace entente
