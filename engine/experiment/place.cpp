#include "place.hpp"
#include "../store/parts.hpp"
#include "asked.hpp"
#include "identity.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

std::string parts_folder(const Place& place)
{
    const std::string stem = place.out.ends_with(".h5") ? place.out.substr(0, place.out.size() - 3) : place.out;
    return place.shards == 1 ? stem + ".parts" : fmt::format("{}.{}-of-{}.parts", stem, place.shard, place.shards);
}

Lies what_lies_at(const std::string& path)
{
    namespace fs = std::filesystem;
    const fs::path name = fs::path(path).filename();
    if (name.empty() || name == "." || name == "..") return Lies::folder;
    std::error_code fault; // a file where a folder should be is "not found" too
    const fs::file_type type = fs::status(path, fault).type();
    if (type == fs::file_type::directory) return Lies::folder;
    if (type == fs::file_type::not_found) return fault == std::errc::not_a_directory ? Lies::unreachable : Lies::nothing;
    if (type == fs::file_type::none || type == fs::file_type::unknown) return Lies::unreachable;
    if (type != fs::file_type::regular) return Lies::no_file;
    try {
        return stored_kind(path) != Stored::neither ? Lies::result : Lies::other_file;
    } catch (const std::runtime_error&) { // not even HDF5
        return Lies::other_file;
    }
}

Lies throw_if_no_file(const std::string& path)
{
    using As = refusal::NoFile::As;
    const Lies what = what_lies_at(path);
    if (what == Lies::folder) throw Refused(refusal::NoFile{path, As::folder});
    if (what == Lies::no_file) throw Refused(refusal::NoFile{path, As::device});
    if (what == Lies::unreachable) throw Refused(refusal::NoFile{path, As::nothing});
    return what;
}

void throw_if_no_result_to_replace(const std::string& path)
{
    if (throw_if_no_file(path) == Lies::other_file) throw Refused(refusal::NoResult{path});
}

bool is_whole_result(const std::string& path)
{
    try {
        const Stored kind = std::filesystem::exists(path) ? stored_kind(path) : Stored::neither;
        return kind == Stored::sweep ? read_sweep_result(path).head.complete : kind == Stored::run && read_result(path).complete;
    } catch (const std::runtime_error&) { // a damaged one is none
        return false;
    }
}

static std::string& text_of(Identity& identity, const char* name) { return std::ranges::find(identity, name, &Identity::value_type::first)->second; }

/// The same of a stored sweep.
static std::optional<refusal::OtherResult> difference_to(const StoredSweep& stored, const Experiment& e, const std::string& path)
{
    Identity there = identity_of(experiment_of(stored, path)), here = identity_of(e);
    // how many it took is part of the answer
    if (stored.stop) text_of(there, "replicates") = fmt::format("{}", stored.stop->most);
    else if (!e.stops.empty()) text_of(here, "replicates") = text_of(there, "replicates");
    const std::string what = difference(there, here);
    if (what.empty()) return std::nullopt;
    return refusal::OtherResult{.path = path, .sweep = true, .in = refusal::OtherResult::In::identity, .there = what};
}

/// What a run is asked to stop by.
static std::string rule_text(const Experiment& e)
{
    StopReport asked{.most = e.plan.replicates};
    for (const Stop& stop : e.stops) asked.known.push_back({.outcome = e.outcomes[stop.outcome].text, .half_width = stop.half_width});
    return rule_text(asked);
}

/// "496 futures of each dial and 156 readings".
static std::string text_of(const BesideSizes& sizes)
{
    return fmt::format("{} futures of each dial and {} readings{}", sizes.dial_futures, sizes.readings,
                       sizes.prior_futures == 0 ? "" : fmt::format(", and {} pairs with priors", sizes.prior_futures));
}

/// The same of what stands beside a run's shares.
static std::optional<refusal::OtherResult> other_beside(const StoredResult& stored, const Experiment& e)
{
    const BesideSizes there = stored.beside.sizes();
    if (!stored.complete || there == beside_sizes(e.beside, e.scenario(), stored.summary.runs)) return std::nullopt;
    return refusal::OtherResult{.path = "", .in = refusal::OtherResult::In::beside, .there = text_of(there)};
}

/// The same of a stored run. One that stopped by precision is also the result of a run that was asked for so long.
static std::optional<refusal::OtherResult> difference_to(const StoredResult& stored, const Experiment& e)
{
    if (e.stops.empty()) {
        auto other = difference_to(stored.provenance, e.provenance);
        return other ? other : other_beside(stored, e);
    }
    const std::string there = stored.stop ? rule_text(*stored.stop) : "";
    if (there != rule_text(e)) return refusal::OtherResult{.path = "", .in = refusal::OtherResult::In::stop, .there = there};
    Provenance asked = e.provenance;
    Scenario scenario = e.scenario();
    scenario.runs = stored.provenance.runs; // where it ended
    asked.scenario_resolved = resolved_toml(scenario);
    auto other = difference_to(stored.provenance, asked);
    return other ? other : other_beside(stored, e);
}

ResultThere result_there(const Experiment& e, const Place& place)
{
    const bool sweep = e.sweep.has_value();
    const bool parts_first = holds_parts(parts_folder(place)) && (sweep || place.resume);
    if (place.shards > 1 || place.force || parts_first || !std::filesystem::exists(place.out)) return {};
    ResultThere there;
    try {
        if (stored_kind(place.out) == (sweep ? Stored::run : Stored::sweep)) throw Refused(refusal::OtherKind{place.out, !sweep});
        if (sweep) there.sweep = read_sweep_result(place.out);
        else there.run = read_result(place.out);
    } catch (const std::runtime_error& fault) {
        throw Refused(refusal::Unreadable{place.out, sweep, fault.what()});
    }
    if (auto other = sweep ? difference_to(*there.sweep, e, place.out) : difference_to(*there.run, e)) {
        other->path = place.out;
        throw Refused(*other);
    }
    if (sweep ? there.sweep->head.complete : there.run->complete) return there;
    if (!place.resume) throw Refused(refusal::InterruptedResult{place.out, sweep});
    return {};
}

bool parts_there(const Experiment& e, const Place& place)
{
    const std::string folder = parts_folder(place);
    const bool there = holds_parts(folder);
    if (place.force || !there || is_at_work_in(folder)) return there; // opening it says that it is
    const Parts parts(folder);
    if (!place.resume) throw Refused(refusal::UnfinishedParts{folder, parts.finished().size()});
    if (const std::string what = difference(parts.identity(), identity_of(e)); !what.empty()) throw Refused(refusal::OtherParts{folder, what});
    return true;
}

} // namespace entente
