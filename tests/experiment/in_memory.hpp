// Ranks as threads of one process, with a wire through memory.
#pragma once
#include "experiment/ranks/orders.hpp"
#include <deque>
#include <mutex>
#include <thread>

namespace entente {

/// What all wires lead through.
class Network {
public:
    explicit Network(unsigned ranks) : to_(ranks) {}
    Wire wire(unsigned rank, unsigned cores = 1)
    {
        return {.rank = rank,
                .ranks = static_cast<unsigned>(to_.size()),
                .cores = cores,
                .send =
                    [this, rank](unsigned to, std::string text) {
                        const std::scoped_lock lock(lock_);
                        to_.at(to).push_back({rank, std::move(text)});
                    },
                .poll = [this, rank]() -> std::optional<Letter> {
                    const std::scoped_lock lock(lock_);
                    if (to_[rank].empty()) return std::nullopt;
                    Letter letter = std::move(to_[rank].front());
                    to_[rank].pop_front();
                    return letter;
                }};
    }

private:
    std::mutex lock_;
    std::vector<std::deque<Letter>> to_;
};

/// Rank 0 with so many others at work.
struct Together {
    Network network;
    std::vector<std::jthread> others;
    std::optional<Ranks> ranks;
    explicit Together(unsigned n, const Workshop& workshop = answering, unsigned cores = 1) : network(n)
    {
        for (unsigned rank = 1; rank < n; ++rank) others.emplace_back([this, rank, workshop, cores] { serve(network.wire(rank, cores), workshop); });
        ranks.emplace(network.wire(0, cores), workshop);
    }
};

} // namespace entente
