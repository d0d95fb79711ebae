#include "pieces.hpp"
#include "../store/rules.hpp"
#include <fmt/format.h>
#include <numeric>

namespace entente {

void throw_if_no_shard_of(const Plan& plan, const Parts& parts)
{
    const Shard& shard = parts.shard();
    const std::uint64_t pieces = piece_count(plan);
    if (shard.of <= pieces && shard == shard_of(pieces, shard.number, shard.of)) return;
    store::throw_if_damaged(parts.folder(), fmt::format("its pieces are not those of shard {}/{}", shard.number, shard.of));
}

/// What a piece must be beyond what its runs are asked in any result.
static std::string fault_of_shape(const Experiment& e, const StoredPiece& stored, const Piece& piece)
{
    const BlockResult& r = stored.result;
    const bool trajectories = e.options.keep >= Keep::trajectories, agents = e.options.keep >= Keep::agents;
    const std::vector<std::uint32_t> columns = agents_per_column(e.plan.policies[piece.policy].counts);
    const std::size_t cells = std::accumulate(columns.begin(), columns.end(), std::size_t{0});
    if (stored.outcomes.size() != e.outcomes.size() * piece.runs) return "its outcomes are not as many as were asked for";
    if (r.kept != (trajectories ? e.plan.kept : std::vector<std::uint32_t>())) return "it keeps other variables";
    if (r.trajectory.size() != (trajectories ? r.place(0, 0, (piece.runs + tile_runs - 1) / tile_runs * tile_runs) : 0)) return "its trajectories have another shape";
    if (r.agents.size() != (agents ? r.quarters * cells * piece.runs : 0)) return "its agents have another shape";
    const bool fingerprint = e.plan.fingerprint && piece.first == 0;
    if (r.fingerprint.size() != (fingerprint ? r.quarters * describe().variables.size() + piece.runs : 0)) return "its fingerprint has another shape";
    return "";
}

StoredPiece read_piece(const Experiment& e, const Parts& parts, std::uint64_t number)
{
    StoredPiece stored = parts.read(number);
    const Piece piece = piece_of(e.plan, number);
    std::string fault = store::fault_of(stored.result, static_cast<std::size_t>(e.scenario().horizon) + 1, piece.runs);
    if (fault.empty()) fault = fault_of_shape(e, stored, piece);
    store::throw_if_damaged(fmt::format("{}: piece {}", parts.folder(), number), fault);
    return stored;
}

} // namespace entente
