// [design] of a sweep's file. Which keys belong there is for its kind to say.
#include "../core/text.hpp"
#include "kinds.hpp"
#include "sweep_reading.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace entente {
namespace {

const DesignKind* read_kind(const GivenValue& given, Problems& problems)
{
    const auto g = required(given, "kind", problems);
    if (!g) return nullptr;
    const std::string name = read_text(*g, problems).value_or("");
    const auto at = std::ranges::find(designs::all, name, &DesignKind::name);
    if (at != designs::all.end()) return *at;
    const std::string meant = name == "lhs" || name == "LHS" ? "; did you mean 'latin_hypercube'?" : did_you_mean(name, design_kind_names());
    problems.add(g->origin(), fmt::format("design: kind: {}, got '{}'{}", fmt::join(design_kind_names(), ", "), name, meant));
    return nullptr;
}

void read_replicates(Sweep& s, const GivenValue& given, Problems& problems)
{
    if (const auto g = entry_of(given, "replicates")) s.replicates = static_cast<std::uint32_t>(read_whole(*g, 1, most_runs, problems).value_or(1));
}

/// "of factorial, morris": the kinds of which `takes` holds.
template <class Takes> std::string of_kinds(Takes takes)
{
    std::vector<std::string_view> names;
    for (const DesignKind* kind : designs::all)
        if (takes(*kind)) names.push_back(kind->name);
    return fmt::format("of {}", fmt::join(names, ", "));
}

} // namespace

void read_design(Sweep& s, const GivenValue& given, Problems& problems)
{
    DesignChoice& d = s.design;
    d.origin = given.origin();
    only_keys(given, {"kind", "points", "levels", "second_order", "seed", "table", "replicates"}, problems);
    if (s.factors.empty() && !given.value->find("kind")) { // policies alone
        for (const char* const key : {"points", "levels", "second_order", "seed", "table"})
            if (const auto g = entry_of(given, key)) problems.add(g->key(), fmt::format("design: {}: without [[factor]] there is one point", key));
        return read_replicates(s, given, problems);
    }
    d.kind = read_kind(given, problems);
    if (!d.kind) return; // which of the rest is right hangs on it
    const bool counted = !d.kind->counts.empty(), read = d.kind == &designs::table;
    if (const auto g = entry_of(given, "points")) {
        d.points = static_cast<std::uint32_t>(read_whole(*g, 1, 10'000'000, problems).value_or(1));
        if (!counted) problems.add(g->key(), fmt::format("design: points: the {} say how many there are", read ? "rows of the table" : "factors' levels"));
    } else if (counted && !is_mistyped(given, "points")) problems.add(given.origin(), "design: `points` is missing");
    d.levels = d.kind->levels;
    if (const auto g = entry_of(given, "levels")) {
        d.levels = static_cast<std::uint32_t>(read_whole(*g, 2, 1000, problems).value_or(2));
        if (d.kind->levels == 0)
            problems.add(g->key(), fmt::format("design: levels: {}; {} takes none", of_kinds([](const DesignKind& kind) { return kind.levels > 0; }), d.kind->name));
        else if (d.kind->even_levels && d.levels % 2 != 0) problems.add(g->origin(), fmt::format("design: levels: an even number for {}, got {}", d.kind->name, d.levels));
    }
    if (const auto g = entry_of(given, "second_order")) {
        d.second_order = g->value->flag;
        if (g->value->kind != TomlValue::Kind::boolean || !d.kind->second_order)
            problems.add(g->origin(), fmt::format("design: second_order: true or false, {}", of_kinds([](const DesignKind& kind) { return kind.second_order; })));
    }
    if (const auto g = entry_of(given, "seed")) {
        d.seed = static_cast<std::uint64_t>(read_whole(*g, 0, std::numeric_limits<std::int64_t>::max(), problems).value_or(1));
        if (!d.kind->seed)
            problems.add(g->key(), fmt::format("design: seed: {}; {} has nothing random (the seed of the runs belongs to [scenario])",
                                               of_kinds([](const DesignKind& kind) { return kind.seed; }), d.kind->name));
    }
    read_replicates(s, given, problems);
    if (const auto g = entry_of(given, "table")) {
        d.table = (std::filesystem::path(given.file).parent_path() / read_text(*g, problems).value_or("")).lexically_normal().string();
        if (!read) problems.add(g->key(), fmt::format("design: table: only with kind = \"{}\"", designs::table.name));
    } else if (read && !is_mistyped(given, "table")) problems.add(given.origin(), "design: `table` is missing: a CSV file with a column for each factor");
}

} // namespace entente
