#include "merge.hpp"
#include "consolidate.hpp"
#include "pieces.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace entente {

OpenedParts open_parts(const std::vector<std::string>& folders)
{
    OpenedParts all;
    for (const std::string& folder : folders) {
        if (std::filesystem::is_regular_file(folder)) throw Refused(refusal::NotAFolder{folder});
        all.push_back(std::make_unique<Parts>(folder));
    }
    return all;
}

static std::vector<refusal::Overlap> overlaps(const OpenedParts& all)
{
    std::vector<refusal::Overlap> found;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) {
            const Shard &a = all[k]->shard(), &b = all[i]->shard();
            const std::uint64_t first = std::max(a.first, b.first), end = std::min(a.end, b.end);
            if (first < end) found.push_back({all[k]->folder(), all[i]->folder(), first, end - 1});
        }
    return found;
}

/// `is_there`: whether a piece is finished, and summed up.
template <class IsThere> static std::vector<refusal::Gap> gaps(const OpenedParts& all, std::uint64_t pieces, IsThere is_there)
{
    std::vector<refusal::Gap> found;
    for (std::uint64_t p = 0; p < pieces; ++p) {
        if (is_there(p)) continue;
        std::uint64_t last = p;
        while (last + 1 < pieces && !is_there(last + 1)) ++last;
        const auto in_shard = std::ranges::find_if(all, [&](const auto& parts) { return p >= parts->shard().first && p < parts->shard().end; });
        const std::uint32_t of = all[0]->shard().of;
        std::uint32_t number = 1;
        while (number < of && shard_of(pieces, number, of).end <= p) ++number;
        found.push_back({p, last, pieces, in_shard == all.end() ? "" : (*in_shard)->folder(), number, of});
        p = last;
    }
    return found;
}

std::optional<Done> merge(const OpenedParts& all, const std::string& out, const Listener& listener, const std::atomic<bool>* stop)
{
    throw_if_no_result_to_replace(out);
    if (all.empty()) throw std::invalid_argument("merge: at least one folder of parts, got none");
    for (const auto& parts : all) {
        if (const std::string what = difference(all[0]->identity(), parts->identity()); !what.empty()) throw Refused(refusal::MixedParts{all[0]->folder(), parts->folder(), what});
        for (const std::string name : {"dial futures", "readings", "prior futures"}) // else the order of the folders would choose
            if (parts->about(name) != all[0]->about(name)) throw Refused(refusal::MixedParts{all[0]->folder(), parts->folder(), "Each asks for other " + name + "."});
    }
    const Experiment e = experiment_of(*all[0]);
    for (const auto& parts : all) throw_if_no_shard_of(e.plan, *parts);
    Summaries summaries(e, *all[0]);
    for (std::size_t i = 1; i < all.size(); ++i) summaries.add(*all[i]);
    Folders held;
    for (const auto& parts : all) held.push_back(parts.get());
    refusal::NotWhole faults{overlaps(all), gaps(all, piece_count(e.plan), [&](std::uint64_t piece) { return holder(held, piece) && summaries.has_summed(piece); })};
    if (!faults.overlaps.empty() || !faults.gaps.empty()) throw Refused(std::move(faults));
    const GoesOn goes_on = until_stopped(listener, stop);
    if (e.sweep) return consolidate_sweep(e, held, e.plan.replicates, out, 0, goes_on);
    const std::optional<Beside> beside = beside_of(e.scenario(), beside_sizes(e.beside, e.scenario(), e.plan.replicates), e.options, listener.progress, stop);
    if (!beside) return std::nullopt;
    return consolidate_run(e, held, summaries, e.plan.replicates, out, 0, goes_on, {}, *beside);
}

} // namespace entente
