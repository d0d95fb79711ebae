// A plain run's streaming summaries while it is carried out: what they hold is saved beside its parts.
#pragma once
#include "../ensemble/accumulator.hpp"
#include "../store/parts.hpp"
#include "../store/rules.hpp"
#include "experiment.hpp"
#include <algorithm>
#include <chrono>
#include <cstring>
#include <mutex>
#include <shared_mutex>

namespace entente {

/// A plain run's summaries, and of which pieces; a sweep has none. They are large: saving them takes a fiftieth of the time at most, and what a killed run did
/// since is simulated again.
class Summaries {
public:
    /// Both must outlive it.
    Summaries(const Experiment& e, Parts& parts) : e_(e), parts_(parts), summed_(piece_count(e.plan))
    {
        if (e.sweep) return;
        accumulator_.emplace(choose_kernel(e.options.precision, e.options.isa), e.scenario());
        add(parts);
    }
    /// Adds what a folder has saved, unless a piece of it is no longer there: it would be simulated again, and counted twice. What cannot be the state of these runs
    /// counts for nothing.
    void add(const Parts& parts)
    {
        const std::string bytes = parts.read_state();
        std::uint64_t n = 0;
        if (!accumulator_ || bytes.size() < sizeof n) return;
        std::memcpy(&n, bytes.data(), sizeof n);
        if (n >= bytes.size() / sizeof n) return;
        std::vector<std::uint64_t> pieces(n);
        if (n > 0) std::memcpy(pieces.data(), bytes.data() + sizeof n, n * sizeof n);
        if (!std::ranges::all_of(pieces, [&](std::uint64_t piece) { return piece < summed_.size() && parts.has(piece); })) return;
        try {
            accumulator_->add_state(std::string_view(bytes).substr((n + 1) * sizeof n));
        } catch (const std::invalid_argument&) {
            return;
        }
        for (const std::uint64_t piece : pieces) summed_[piece] = true;
    }
    /// What was summed up. Throws std::runtime_error if it cannot be what those runs come to: the state that it began from was another's.
    Summary summary() const
    {
        Summary all = accumulator_->summary();
        std::uint64_t runs = 0;
        for (std::uint64_t piece = 0; piece < summed_.size(); ++piece) runs += summed_[piece] ? piece_of(e_.plan, piece).runs : 0;
        store::throw_if_damaged(parts_.folder() + "/state", all.runs == runs ? store::fault_of(all) : "its runs are not those of its pieces");
        return all;
    }
    /// Whether a piece needs no work.
    bool covers(std::uint64_t piece) const { return parts_.has(piece) && has_summed(piece); }
    /// Whether a piece is in the sums already.
    bool has_summed(std::uint64_t piece) const { return !accumulator_ || summed_.at(piece); }
    /// Keeps a piece and sums it up; a save sees both or neither.
    void add(unsigned thread, const FinishedPiece& finished, const std::vector<double>& outcomes, Keep keep)
    {
        const std::shared_lock lock(all_);
        parts_.add(thread, finished, outcomes, keep);
        if (!accumulator_) return;
        accumulator_->add(finished.result, static_cast<std::uint32_t>(finished.piece.first), finished.piece.runs);
        const std::scoped_lock one(list_);
        summed_[finished.number] = true;
    }
    /// The same of pieces that were made and summed up elsewhere. `part_of_each`: number and bytes, see part_of(); `state`: of an accumulator. Throws std::runtime_error if it cannot be theirs.
    void add(unsigned thread, std::span<const std::pair<std::uint64_t, std::string_view>> part_of_each, std::string_view state)
    {
        const std::shared_lock lock(all_);
        for (const auto& [number, part] : part_of_each) parts_.add(thread, number, part);
        if (!accumulator_) return;
        const std::scoped_lock one(list_);
        accumulator_->add_state(state);
        for (const auto& [number, part] : part_of_each) summed_.at(number) = true;
    }
    /// Writes the sums if the last time is long ago.
    void save_if_due()
    {
        if (accumulator_ && std::chrono::steady_clock::now() - saved_ >= 50 * save_took_) save();
    }
    /// Writes the sums now.
    void save()
    {
        const std::unique_lock lock(all_);
        parts_.flush();
        if (!accumulator_) return;
        const auto begin = std::chrono::steady_clock::now();
        std::vector<std::uint64_t> pieces;
        for (std::uint64_t piece = 0; piece < summed_.size(); ++piece)
            if (summed_[piece]) pieces.push_back(piece);
        const std::uint64_t n = pieces.size();
        std::string head;
        std::vector<std::string_view> bytes = accumulator_->state(head);
        bytes.insert(bytes.begin(), {{reinterpret_cast<const char*>(&n), sizeof n}, {reinterpret_cast<const char*>(pieces.data()), n * sizeof n}});
        parts_.write_state(bytes);
        saved_ = std::chrono::steady_clock::now();
        save_took_ = saved_ - begin;
    }

private:
    const Experiment& e_;
    Parts& parts_;
    std::optional<Accumulator> accumulator_;
    std::vector<bool> summed_; ///< [piece]: whether the accumulator has it; of one size, for what grows by little pins memory between large blocks
    std::shared_mutex all_;
    std::mutex list_;
    std::chrono::steady_clock::time_point saved_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration save_took_ = std::chrono::milliseconds(50); ///< until it is known
};

} // namespace entente
