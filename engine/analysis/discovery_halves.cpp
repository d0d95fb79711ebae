#include "discovery_halves.hpp"
#include "../design/address.hpp"
#include <algorithm>
#include <cmath>
#include <mutex>
#include <thread>

namespace entente {
namespace {

/// Half of the rows, or of the groups of rows.
std::vector<bool> drawn_rows(const Cases& cases, std::uint64_t at)
{
    const std::size_t n = cases.rows(), units = cases.group.empty() ? n : std::size_t{*std::ranges::max_element(cases.group)} + 1;
    const std::vector<std::uint32_t> order = shuffled(units, at);
    std::vector<bool> unit(units), row(n);
    for (std::size_t i = 0; i < (units + 1) / 2; ++i) unit[order[i]] = true;
    for (std::size_t r = 0; r < n; ++r) row[r] = unit[cases.group.empty() ? r : cases.group[r]];
    return row;
}

/// Rows in both boxes among those in either.
double overlap(const Cases& cases, const Box& a, const Box& b, std::span<const std::uint32_t> rows)
{
    const std::vector<std::uint32_t> in_a = rows_in(cases, a, rows), in_b = rows_in(cases, b, rows);
    const std::size_t both = rows_in(cases, b, in_a).size(), either = in_a.size() + in_b.size() - both;
    return either > 0 ? static_cast<double>(both) / static_cast<double>(either) : 0;
}

Half half_of(const BoxSearch& search, const std::vector<std::uint32_t>& rows, const FoundBox& found, const DiscoveryOptions& options, std::size_t number, std::uint32_t resample)
{
    const Cases& cases = search.cases();
    const std::uint64_t at = number_at(options.seed, std::uint64_t{0xD15C}, number, resample);
    const std::size_t n = cases.rows();
    const std::vector<bool> is_drawn = drawn_rows(cases, at);
    std::vector<std::uint32_t> drawn;
    for (std::uint32_t r = 0; r < n; ++r)
        if (is_drawn[r]) drawn.push_back(r);
    std::vector<std::uint32_t> here, there; // of those that earlier boxes left
    for (const std::uint32_t r : rows) (is_drawn[r] ? here : there).push_back(r);
    const CaseCount all = tally_of(cases, drawn), mine = tally_of(cases, here), others = tally_of(cases, there);
    if (mine.hits == 0 || mine.hits == mine.runs || there.empty()) return {};

    const double wider = 0.5 + static_cast<double>(further(at, 0) >> 11) * 0x1p-53; // so that limits do not all fall on one grid
    PrimOptions prim = options.prim;
    prim.peel = std::min(prim.peel * wider, 0.999), prim.paste = std::min(prim.paste * wider, 0.999);
    const auto [path, step, columns] = look(search, here, all, prim, options, &found.path.steps[found.step]);
    if (!step) return {};
    Half half{.box = box_at(path, *step), .all_density = others.density()};
    const std::vector<std::uint32_t> in = rows_in(cases, half.box, there);
    const CaseCount inside = tally_of(cases, in);
    const double effect = design_effect(cases, in), hits = tally_of(cases).hits - all.hits;
    half.density = inside.density();
    half.mass = static_cast<double>(inside.rows) / static_cast<double>(n - drawn.size());
    half.coverage = hits > 0 ? inside.hits / hits : 0;
    half.p = *step == 0 ? 1 : chance_of_as_many(inside.hits / effect, inside.runs / effect, others.density());

    // Where two boxes are about as good, halves begin with one or the other: it is the same box's limits that are compared.
    const double near = overlap(cases, half.box, found.box, here);
    if (near >= 0.5) return half;
    std::vector<std::uint32_t> rest = here;
    std::erase_if(rest, [&](std::uint32_t r) { return is_inside(cases, half.box, r); });
    if (rest.empty()) return half;
    const Looked next = look(search, rest, all, prim, options, &found.path.steps[found.step]);
    if (!next.step) return half;
    Box other = box_at(next.path, *next.step);
    if (overlap(cases, other, found.box, here) > near) half.box = std::move(other);
    return half;
}

} // namespace

std::optional<std::vector<Half>> halves_of(const BoxSearch& search, const std::vector<std::uint32_t>& rows, const FoundBox& found, const DiscoveryOptions& options,
                                           std::size_t number, const std::function<void(double)>& hear, const std::atomic<bool>* stop)
{
    std::vector<Half> halves(options.resamples);
    std::atomic<std::uint32_t> next{0}, done{0};
    std::mutex telling;
    const auto work = [&] {
        for (std::uint32_t r = next++; r < options.resamples && !(stop && *stop); r = next++) {
            halves[r] = half_of(search, rows, found, options, number, r);
            const std::uint32_t so_far = ++done;
            const std::scoped_lock lock(telling);
            if (hear) hear(static_cast<double>(so_far) / options.resamples);
        }
    };
    {
        const unsigned threads = std::min(options.resamples, options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency()));
        std::vector<std::jthread> others;
        for (unsigned t = 1; t < threads; ++t) others.emplace_back(work);
        work();
    }
    if (stop && *stop) return std::nullopt;
    return halves;
}

} // namespace entente
