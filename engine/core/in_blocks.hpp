// Work that threads share, block by block.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace entente {

/// Calls work(block) once for each, on so many threads (0: the machine's), which must not matter to it; what it throws ends the work. False if `stop` became true before all were done.
template <class Work> bool in_blocks(std::size_t blocks, unsigned threads, const std::atomic<bool>* stop, const Work& work)
{
    std::atomic<std::size_t> next{0}, done{0};
    std::mutex one_at_a_time;
    std::exception_ptr failure;
    const auto take = [&] {
        try {
            while (stop == nullptr || !stop->load()) {
                const std::size_t block = next.fetch_add(1);
                if (block >= blocks) return;
                work(block);
                ++done;
            }
        } catch (...) {
            const std::scoped_lock lock(one_at_a_time);
            if (!failure) failure = std::current_exception();
            next = blocks;
        }
    };
    {
        const std::size_t most = threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
        std::vector<std::jthread> others;
        for (std::size_t t = 1; t < std::min(most, blocks); ++t) others.emplace_back(take);
        take();
    }
    if (failure) std::rethrow_exception(failure);
    return done == blocks;
}

} // namespace entente
