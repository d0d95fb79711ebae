// Where a result is to go, and what lies there already.
#pragma once
#include "experiment.hpp"

namespace entente {

struct Place {
    std::string out;                     ///< the result file; folders that are missing are made
    std::uint32_t shard = 1, shards = 1; ///< which part of the runs is made here; one of several is left as a folder of parts
    bool resume = false;                 ///< go on with what an interrupted experiment has left
    bool force = false;                  ///< replace another result, or parts, and nothing else; before `resume`
};

/// The folder of parts beside a result.
std::string parts_folder(const Place& place);

enum class Lies : std::uint8_t {
    nothing, ///< and there is a folder for it, or one can be made
    folder,  ///< or a path that ends like one's
    result,
    other_file,
    no_file,    ///< a fifo, a socket or a device
    unreachable ///< behind a file, or by a name that is too long
};
/// Never throws.
Lies what_lies_at(const std::string& path);
/// What lies there. Throws Refused if it is no place for a file: a folder, a device, or a path that leads nowhere.
Lies throw_if_no_file(const std::string& path);
/// Throws Refused if no result may be written there, whatever it is: the path is "" or a folder, leads nowhere, or holds what is no result.
void throw_if_no_result_to_replace(const std::string& path);
/// Whether a file holds all the runs that were asked for.
bool is_whole_result(const std::string& path);

/// A whole result of this very experiment that lies in its place; one of the two, or neither.
struct ResultThere {
    std::optional<StoredResult> run;
    std::optional<StoredSweep> sweep;
    bool found() const { return run || sweep; }
};
/// Throws Refused if another result is in the way, or this one's, interrupted, and it is neither to be gone on with nor to be replaced.
ResultThere result_there(const Experiment& experiment, const Place& place);
/// Throws Refused if the folder of parts is in the way, or has nothing to do with the experiment. Returns whether there is something to go on with.
bool parts_there(const Experiment& experiment, const Place& place);

} // namespace entente
