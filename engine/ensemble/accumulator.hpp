// Streaming summaries of an ensemble: integer sums and histograms, so that neither the order of blocks nor the number of threads can matter.
#pragma once
#include "ensemble.hpp"
#include <mutex>

namespace entente {

class Accumulator {
public:
    Accumulator(std::uint32_t quarters, std::uint32_t start);
    /// Adds a block; `first_run` numbers its failures. May be called by several threads at once.
    void add(const BlockResult& block, std::uint32_t first_run, std::uint32_t runs);
    Summary summary() const;

private:
    static constexpr std::uint32_t bins = 256;
    struct Cell {
        std::int64_t fine = 0, sum = 0; // in steps of 2^-30 and 2^-20 of the range
        __int128 squares = 0;
        float least, most;
    };
    std::uint32_t quarters_, start_, variables_, events_;
    std::vector<std::mutex> locks_;        ///< one per quarter; the last for what has no quarter
    std::vector<Cell> cells_;              ///< [quarter][variable]
    std::vector<std::uint32_t> histogram_; ///< [quarter][variable][bin]
    std::vector<std::uint32_t> code_count_, event_count_;
    std::uint32_t runs_ = 0, failed_ = 0;
    std::vector<Summary::Failure> failures_;
};

} // namespace entente
