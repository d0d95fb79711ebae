// Why what is asked for cannot be done: facts, which report/ puts into words.
#pragma once
#include <cstdint>
#include <exception>
#include <string>
#include <variant>
#include <vector>

namespace entente {

/// Each names itself in `what`, for who catches an exception without report/.
namespace refusal {

struct NoScenario { ///< a sweep that only lists points
    static constexpr const char* what = "the sweep names no scenario";
    std::string file;
};
struct NotToStopOn { ///< a date that an outcome has nothing at
    static constexpr const char* what = "an outcome cannot be stopped on";
    std::string fault;
};
struct NoFile { ///< a result's place that cannot be one
    static constexpr const char* what = "a result's place is a file";
    std::string path;
    enum class As : std::uint8_t {
        folder, ///< "" too
        device, ///< or a fifo or a socket
        nothing ///< that could be there
    } as = As::folder;
};
struct NoResult { ///< and so not to be replaced by one
    static constexpr const char* what = "what is in the result's place is no result";
    std::string path;
};
struct NoSuchShard {
    static constexpr const char* what = "there is no shard of that number";
    std::uint32_t shard = 0, shards = 0;
};
struct MixedRanks { ///< whose bits might differ
    static constexpr const char* what = "the ranks are of different builds";
    std::string host, build; ///< of rank 0
    unsigned rank = 0;       ///< the first other one
    std::string its_host, its_build;
};
struct StopsInShards {
    static constexpr const char* what = "an experiment that stops by precision cannot be shared out";
};
struct TooManyShards {
    static constexpr const char* what = "there are fewer pieces than shards";
    std::uint64_t pieces = 0;
    std::uint32_t shards = 0;
};
struct UnfinishedParts { ///< of the same or another experiment, and neither to go on with nor to be replaced
    static constexpr const char* what = "parts of an interrupted experiment are in that place";
    std::string folder;
    std::size_t finished = 0; ///< pieces
};
struct OtherParts {
    static constexpr const char* what = "the parts belong to another experiment";
    std::string folder, difference;
};
struct Unreadable {
    static constexpr const char* what = "what is in the result's place cannot be read";
    std::string path;
    bool sweep = false; ///< that a sweep's result was to be there
    std::string fault;
};
struct OtherKind { ///< a run's result where a sweep's is to be, or the reverse
    static constexpr const char* what = "a result of the other kind is in that place";
    std::string path;
    bool sweep = false; ///< that is there
};
struct OtherResult {
    static constexpr const char* what = "another result is in that place";
    std::string path;
    bool sweep = false;
    enum class In : std::uint8_t { scenario, engine, precision, keep, stop, beside, identity } in = In::scenario;
    std::string there; ///< the stored precision or what it keeps; of another engine both; what it stopped by, "" if by nothing; what stands beside its shares; of identities the difference
};
struct InterruptedResult { ///< this one, and neither to be gone on with nor to be replaced
    static constexpr const char* what = "this result is in that place, interrupted";
    std::string path;
    bool sweep = false;
};
struct NotAFolder {
    static constexpr const char* what = "parts lie in folders, and this is a file";
    std::string path;
};
struct MixedParts {
    static constexpr const char* what = "parts of different experiments cannot be merged";
    std::string a, b, difference;
};
struct Overlap {
    std::string a, b;
    std::uint64_t first = 0, last = 0; ///< pieces
};
struct Gap {
    std::uint64_t first = 0, last = 0, pieces = 0;
    std::string unfinished; ///< the folder that should hold the first; "" if its shard is missing
    std::uint32_t shard = 1, shards = 1;
};
struct NotWhole {
    static constexpr const char* what = "the parts do not make up the experiment";
    std::vector<Overlap> overlaps;
    std::vector<Gap> gaps;
};
struct NoSuchPolicy {
    static constexpr const char* what = "the sweep has no policy of that name";
    std::string name;
    std::vector<std::string> policies;
    enum class For : std::uint8_t { replay, differences } what_for = For::replay;
};
struct NoSuchPoint {
    static constexpr const char* what = "the sweep has no point of that number";
    std::int64_t point = 0;
    std::size_t points = 0;
};
struct NotMade {
    static constexpr const char* what = "that run was not made";
    std::string file;
    std::uint32_t run = 0;
};
struct NoPairs { ///< what both sides must share
    static constexpr const char* what = "the two do not pair";
    std::string what_differs, a, of_a, b, of_b;
    enum class Remedy : std::uint8_t { none, set_both, seed, design } remedy = Remedy::none;
};
struct NothingInCommon {
    static constexpr const char* what = "the two sweeps share no policy or no outcome";
    std::string thing, a, b; ///< thing: "policy" or "outcome"
    std::vector<std::string> in_a, in_b;
};
struct NoSingleRuns {
    static constexpr const char* what = "the result keeps no single runs";
    std::string path;
};
struct NotKept {
    static constexpr const char* what = "the results keep no variables";
    std::string quantity;
};
struct KindsDiffer {
    static constexpr const char* what = "one result is of a run, the other of a sweep";
    std::string run, sweep;
};
struct NotInBoth {
    static constexpr const char* what = "the two sweeps do not share that outcome";
    std::string quantity;
    std::vector<std::string> outcomes;
};
struct NoPosterior { ///< and so not to be replaced by one
    static constexpr const char* what = "what is in the posterior's place is none";
    std::string path, fault;
};
struct OtherPosterior { ///< and it is not to be replaced
    static constexpr const char* what = "the posterior of another calibration is in that place";
    std::string path;
};
struct CheckpointThere { ///< and it is neither to be gone on with nor to be replaced
    static constexpr const char* what = "an interrupted calibration has left a checkpoint";
    std::string path;
};
struct OtherCheckpoint {
    static constexpr const char* what = "the checkpoint is damaged, or another calibration's";
    std::string path;
};
struct OtherRuns { ///< made again, they are not those of the result
    static constexpr const char* what = "the runs made again are not those of the result";
    std::string file;
};
struct TooFewLeft { ///< by what was observed
    static constexpr const char* what = "too few runs are left";
    std::string file;
    double effective = 0; ///< number of runs
    std::uint32_t runs = 0;
    double least = 0;
    struct Row {
        std::uint32_t line;
        std::string what;
        double effective; ///< after it
    };
    std::vector<Row> rows;
};

} // namespace refusal

using Refusal =
    std::variant<refusal::NoScenario, refusal::NotToStopOn, refusal::NoFile, refusal::NoResult, refusal::NoSuchShard, refusal::MixedRanks, refusal::StopsInShards, refusal::TooManyShards,
                 refusal::UnfinishedParts, refusal::OtherParts, refusal::Unreadable, refusal::OtherKind, refusal::OtherResult, refusal::InterruptedResult, refusal::NotAFolder, refusal::MixedParts,
                 refusal::NotWhole, refusal::NoSuchPolicy, refusal::NoSuchPoint, refusal::NotMade, refusal::NoPairs, refusal::NothingInCommon, refusal::NoSingleRuns, refusal::NotKept,
                 refusal::KindsDiffer, refusal::NotInBoth, refusal::OtherRuns, refusal::TooFewLeft, refusal::NoPosterior, refusal::OtherPosterior, refusal::CheckpointThere, refusal::OtherCheckpoint>;

/// What it is, and of which file or folder.
inline std::string summary_of(const Refusal& refusal)
{
    return std::visit(
        [](const auto& facts) {
            std::string what = facts.what;
            if constexpr (requires { facts.path; }) what += ": " + facts.path;
            if constexpr (requires { facts.folder; }) what += ": " + facts.folder;
            if constexpr (requires { facts.file; }) what += ": " + facts.file;
            return what;
        },
        refusal);
}

/// A mistake of who asked; what the machine does wrong is a std::runtime_error.
struct Refused : std::exception {
    Refusal why;
    /// what() says in a few words what `why` holds as facts.
    explicit Refused(Refusal refusal) : why(std::move(refusal)), what_(summary_of(why)) {}
    const char* what() const noexcept override { return what_.c_str(); }

private:
    std::string what_;
};

} // namespace entente
