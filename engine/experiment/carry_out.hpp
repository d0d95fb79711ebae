// An experiment carried out: every finished piece of it on disk at once, then a result.
#pragma once
#include "place.hpp"
#include "stopping.hpp"
#include <atomic>
#include <functional>
#include <stdexcept>
#include <variant>

namespace entente {

class Ranks;

/// What is worth knowing while an experiment is carried out.
namespace note {
/// A piece cannot be read.
struct DamagedPart { ///< what was lost is simulated again
    std::string path;
};
/// There are no parts.
struct NothingToGoOnWith { ///< all runs are simulated
    std::string folder;
};
/// There are finished runs.
struct GoesOnWith { ///< they are not simulated again
    std::string folder;
    std::uint64_t runs, all; ///< all: of this shard, or of everything; fewer if they are precise enough before
};
/// The result is whole.
struct AlreadyThere { ///< nothing is simulated
    std::string path;
};
} // namespace note
using Note = std::variant<note::DamagedPart, note::NothingToGoOnWith, note::GoesOnWith, note::AlreadyThere>;

/// Who wants to know. `progress` is called by a worker, one at a time, after each piece, and counts what is simulated now, without what was finished before;
/// `note` before the first piece; `together` once all is simulated: it counts the runs that are in the result, from 0. What they throw ends the work like a fault.
struct Listener {
    std::function<void(Progress)> progress{};
    std::function<void(const Note&)> note{};
    std::function<void(Progress)> together{};
};

/// What became of an experiment.
struct Done {
    std::string path;                ///< of the result; of a shard, and of what does not replace a whole result or is not put together, the folder of parts; "" if there is none
    bool complete = true;            ///< all that was asked for, or as precise as was asked for
    bool shard = false;              ///< left as parts
    bool found = false;              ///< it was there already, and nothing was simulated
    bool simulated = false;          ///< nothing is missing but the result
    std::uint64_t runs = 0, all = 0; ///< finished, asked for
    std::optional<StopReport> verdict{}; ///< if it stops by precision and was not interrupted before
    std::optional<StoredResult> run{};   ///< what the file holds of a plain run
    std::optional<StoredSweep> sweep{};  ///< of a sweep
    std::vector<Note> notes{};
};

/// The machine failed while an experiment was carried out, and something was finished.
struct CutShort : std::runtime_error {
    std::string folder; ///< of parts, to go on with
    /// `where`: the folder of parts.
    CutShort(const std::string& fault, std::string where) : std::runtime_error(fault), folder(std::move(where)) {}
};

/// Simulates what is missing, keeping every finished piece on disk, and writes the result; of a shard the parts stay. A whole result of this very experiment that
/// is there already is given back as it is, and its file's time is renewed: it is as good as made now, and newer than what it is made of. When `stop` becomes true,
/// pieces at work are finished, and what there is becomes an interrupted result, unless `ranks` share the work or that would take more than a second or two: then it stays in parts,
/// and so does what is just being put together.
/// Throws Refused before anything is simulated, CutShort if the machine fails once something is finished, and std::runtime_error if it fails before; any other exception passes through,
/// and what is finished stays. `ranks`: that share the work; the result has the same bits.
Done carry_out(const Experiment& experiment, const Place& place, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr, Ranks* ranks = nullptr);

/// Simulates a plain run without writing anything: what would be in its file is summed up alone. Throws std::invalid_argument if it is a sweep or stops by precision.
Done carry_out_unkept(const Experiment& experiment, const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
