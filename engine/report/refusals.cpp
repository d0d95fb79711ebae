#include "refusals.hpp"
#include "../core/text.hpp"
#include "../ensemble/plan.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {
namespace {

constexpr const char* ways_out = "--force replaces it, --out FILE writes elsewhere";

struct InWords {
    std::string operator()(const refusal::NoScenario& r) const
    {
        return fmt::format("{}: [scenario] is missing: what the sweep starts from (entente design writes the points of factors alone)", r.file);
    }
    std::string operator()(const refusal::NotToStopOn& r) const { return fmt::format("--stop: {}", r.fault); }
    std::string operator()(const refusal::NoFile& r) const
    {
        using As = refusal::NoFile::As;
        if (r.path.empty()) return "--out: a file, got ''";
        return fmt::format("--out: {}: {}", r.path,
                           r.as == As::folder   ? "a file, got a folder"
                           : r.as == As::device ? "a file, got a fifo, a socket or a device"
                                                : "no file can be there: what should be a folder is a file, or the name is too long");
    }
    std::string operator()(const refusal::NoResult& r) const { return fmt::format("{}: is no result of this program and is not replaced; --out FILE writes elsewhere", r.path); }
    std::string operator()(const refusal::NoSuchShard& r) const { return fmt::format("--shard: i/n with i from 1 to n, got '{}/{}'", r.shard, r.shards); }
    std::string operator()(const refusal::MixedRanks& r) const
    {
        return fmt::format("Ranks of different builds do not work together: rank 0 on {} is {}, rank {} on {} is {}. Start the same program on all.", r.host, r.build, r.rank,
                           r.its_host, r.its_build);
    }
    std::string operator()(const refusal::StopsInShards&) const { return "--shard: runs that stop by precision look at all runs so far and cannot be shared out"; }
    std::string operator()(const refusal::TooManyShards& r) const
    {
        return fmt::format("--shard: {} pieces of {} runs cannot be shared out to {}", r.pieces, block_runs, r.shards);
    }
    std::string operator()(const refusal::UnfinishedParts& r) const
    {
        return fmt::format("{}: holds {} finished pieces of an interrupted run; --resume goes on with them, --force begins anew", r.folder, r.finished);
    }
    std::string operator()(const refusal::OtherParts& r) const
    {
        return fmt::format("{}: cannot go on, it belongs to another experiment. {}; --force begins anew, --out FILE writes elsewhere", r.folder, r.difference);
    }
    std::string operator()(const refusal::Unreadable& r) const { return fmt::format("entente {}: {}", r.sweep ? "sweep" : "run", r.fault); }
    std::string operator()(const refusal::OtherKind& r) const { return fmt::format("{}: holds the result of a {}; {}", r.path, r.sweep ? "sweep" : "run", ways_out); }
    std::string operator()(const refusal::OtherResult& r) const
    {
        using In = refusal::OtherResult::In;
        if (r.in == In::identity) return fmt::format("{}: holds the result of another {}; {}. {}", r.path, r.sweep ? "sweep" : "run", ways_out, r.there);
        const std::string whose = r.in == In::scenario    ? "another scenario, number of runs or seed"
                                  : r.in == In::engine    ? fmt::format("another engine ({})", r.there)
                                  : r.in == In::stop      ? r.there.empty() ? "a run that stops by nothing" : fmt::format("a run that stops by another rule ('{}')", r.there)
                                       : r.in == In::beside ? fmt::format("{} beside its shares", r.there)
                                  : r.in == In::precision ? fmt::format("{} precision", r.there)
                                                          : fmt::format("--keep {}", r.there);
        return fmt::format("{}: holds the result of {}; {}", r.path, whose, ways_out);
    }
    std::string operator()(const refusal::InterruptedResult& r) const
    {
        return fmt::format("{}: holds {}; --resume goes on with it, --force begins anew", r.path, r.sweep ? "this sweep, interrupted" : "an interrupted run of this scenario");
    }
    std::string operator()(const refusal::NotAFolder& r) const { return fmt::format("entente merge: {}: is a file; shards are folders, NAME.i-of-n.parts", r.path); }
    std::string operator()(const refusal::MixedParts& r) const { return fmt::format("{} and {} belong to different experiments. {}", r.a, r.b, r.difference); }
    std::string operator()(const refusal::NotWhole& r) const
    {
        std::vector<std::string> lines;
        for (const refusal::Overlap& o : r.overlaps) lines.push_back(fmt::format("{} and {} overlap: pieces {} to {} are in both", o.a, o.b, o.first, o.last));
        for (const refusal::Gap& g : r.gaps)
            lines.push_back(fmt::format("a gap: pieces {} to {} of {} are missing; {}", g.first, g.last, g.pieces,
                                        g.unfinished.empty() ? fmt::format("they begin in shard {}/{}", g.shard, g.shards)
                                                             : fmt::format("{} is not finished (--resume goes on with it)", g.unfinished)));
        return fmt::format("{}", fmt::join(lines, "\n"));
    }
    std::string operator()(const refusal::NoSuchPolicy& r) const
    {
        const char* const asked = r.what_for == refusal::NoSuchPolicy::For::replay ? "replay: --policy" : "show: --against";
        return fmt::format("entente {}: one of {}, got '{}'{}", asked, fmt::join(r.policies, ", "), r.name, did_you_mean(r.name, r.policies));
    }
    std::string operator()(const refusal::NoSuchPoint& r) const { return fmt::format("entente replay: --point: a number from 0 to {}, got {}", r.points - 1, r.point); }
    std::string operator()(const refusal::NotMade& r) const { return fmt::format("entente replay: {}: run {} was not made, the sweep was interrupted", r.file, r.run); }
    std::string operator()(const refusal::NoPairs& r) const
    {
        using Remedy = refusal::NoPairs::Remedy;
        const char* const remedy = r.remedy == Remedy::set_both ? " (--seed and --runs set both)"
                                   : r.remedy == Remedy::seed   ? ": `entente sweep --seed` sets it"
                                   : r.remedy == Remedy::design ? ": sweep both with the same [[factor]] and [design] tables"
                                                                : "";
        return fmt::format("entente compare: pairs need the same {}; {} has {}, {} has {}{}", r.what_differs, r.a, r.of_a, r.b, r.of_b, remedy);
    }
    std::string operator()(const refusal::NothingInCommon& r) const
    {
        return fmt::format("entente compare: no {} of one name in both, and only those are compared; {} has '{}', {} has '{}'", r.thing, r.a, fmt::join(r.in_a, "', '"), r.b,
                           fmt::join(r.in_b, "', '"));
    }
    std::string operator()(const refusal::NoSingleRuns& r) const { return fmt::format("{}: keeps no single runs, which this takes; `entente run --keep outcomes` does", r.path); }
    std::string operator()(const refusal::NotKept& r) const
    {
        return fmt::format("entente compare: --quantity '{}': results of `run` keep classes, orientations and events, not variables; comparing the two scenarios does it", r.quantity);
    }
    std::string operator()(const refusal::KindsDiffer& r) const
    {
        return fmt::format("entente compare: two results of runs or two of sweeps; {} is of a run, {} of a sweep", r.run, r.sweep);
    }
    std::string operator()(const refusal::NoPosterior& r) const
    {
        return fmt::format("{}: is no posterior of this program and is not replaced ({}); --out FILE writes elsewhere", r.path, r.fault);
    }
    std::string operator()(const refusal::OtherPosterior& r) const { return fmt::format("{}: holds the posterior of another calibration; {}", r.path, ways_out); }
    std::string operator()(const refusal::CheckpointThere& r) const
    {
        return fmt::format("{}: an interrupted calibration has left this; --resume goes on with it, --force begins anew", r.path);
    }
    std::string operator()(const refusal::OtherCheckpoint& r) const
    {
        return fmt::format("{}: cannot go on, it is damaged or belongs to another calibration; --force begins anew, --out FILE writes elsewhere", r.path);
    }
    std::string operator()(const refusal::NotInBoth& r) const
    {
        return fmt::format("entente compare: --quantity: of two sweeps an outcome of both, '{}', got '{}'{}", fmt::join(r.outcomes, "', '"), r.quantity, did_you_mean(r.quantity, r.outcomes));
    }
    std::string operator()(const refusal::OtherRuns& r) const
    {
        return fmt::format(
            "entente assimilate: {}: its runs made again are others than it counts, so that weights would not be theirs: it was interrupted, or another program made it", r.file);
    }
    std::string operator()(const refusal::TooFewLeft& r) const
    {
        std::string text = fmt::format("entente assimilate: {}: {:.1f} of {} runs are left, and an answer needs {:.0f}: what was observed is too rare in it. Left after each row:", r.file,
                                       r.effective, r.runs, r.least);
        for (const auto& row : r.rows) text += fmt::format("\n  {:>12.1f}  line {}: {}", row.effective, row.line, row.what);
        const double needed = std::ceil(1.5 * r.least / std::max(r.effective, 1.0)) * r.runs;
        return text + fmt::format("\nWith --runs {:.0f} as many may be left; or a row's error is larger than it says", needed);
    }
};

} // namespace

std::string text_of(const Refusal& refusal) { return printable(std::visit(InWords(), refusal)); }

} // namespace entente::report
