#include "core/text.hpp"
#include "damaged.hpp"
#include "experiment/consolidate.hpp"
#include "experiment/estimates.hpp"
#include "experiment/merge.hpp"
#include "experiment/small.hpp"
#include "targets.hpp"
#include "write_file.hpp"
#include <algorithm>
#include <filesystem>

namespace entente::fuzz {
namespace {

namespace fs = std::filesystem;

/// Folders that interrupted experiments left.
struct Good {
    TemporaryFolder folder;
    std::string run = leave(small_run(600, 1, one_thread()), "run"), sweep = leave(small_sweep_of(80, one_thread()), "sweep"), fuzzed = folder / "fuzzed.parts";
    std::string leave(const Experiment& e, const std::string& name) const
    {
        Stopper stopper{.pieces = 2};
        carry_out(e, {.out = folder / (name + ".h5")}, stopper.listener(), &stopper.flag);
        return folder / (name + ".parts");
    }
};

/// Of what belongs to these parts.
Key key_of_parts(const std::string& folder)
{
    std::string bytes;
    const auto put = [&](const std::string& text) {
        const std::uint64_t size = text.size();
        bytes.append(reinterpret_cast<const char*>(&size), sizeof size).append(text);
    };
    const Parts read(folder);
    for (const auto& [name, text] : read.identity()) put(name), put(text);
    return key_of(bytes);
}

/// Somewhere in the bytes eight of them, or one.
void change(std::string& bytes, const Edit& edit)
{
    if (bytes.empty()) return;
    const std::size_t at = edit.where % bytes.size();
    put_extreme(&bytes[at], std::min<std::size_t>(edit.kind % 8 < 4 ? 8 : 1, bytes.size() - at), edit.value);
}

/// What it says of itself, what its summaries came to, or a finished piece, each under a hash that is right again; or a byte of any file.
void damage(const std::string& folder, Key key, const Edit& edit)
{
    const auto forge = [&](const std::string& name, Key of) {
        std::string bytes = read_whole(folder + name, of);
        change(bytes, edit);
        write_whole(folder + name, {bytes}, of, false);
    };
    std::vector<std::string> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) files.push_back(entry.path().string());
    std::ranges::sort(files);
    const std::string& any = files[edit.value % files.size()];
    switch (edit.kind % 4) {
    case 0: return forge("/experiment", 0);
    case 1: return forge("/state", key);
    case 2:
        if (any.ends_with(".part")) {
            const std::string bytes = read_file(any);
            GrowingFile again(any, key);
            for (const Frame& frame : read_frames(any, key).whole) {
                std::string piece = bytes.substr(frame.offset, frame.size);
                change(piece, edit);
                again.append(frame.number + edit.where % 3 / 2, piece);
            }
            again.finish(false);
        }
        return;
    default:
        std::string bytes = read_file(any);
        change(bytes, edit);
        write_file(any, bytes);
    }
}

/// As `show` and `merge` do.
void read_all(const std::string& folder)
{
    Parts parts(folder);
    const Experiment e = experiment_of(parts);
    if (e.plan.points * e.plan.policies.size() > 1000 || e.plan.replicates > 1'000'000) return; // asked for, and dear
    if (!e.sweep) {
        Summaries summaries(e, parts);
        static_cast<void>(summary_so_far(e, parts, summaries));
    }
    static_cast<void>(estimate_of(parts, e));
    static_cast<void>(merge(open_parts({folder}), folder + ".h5"));
}

} // namespace

// A folder of parts. The first byte says of what, then come edits.
void parts(std::string_view bytes)
{
    static const Good good;
    static const Key of_run = key_of_parts(good.run), of_sweep = key_of_parts(good.sweep);
    if (bytes.empty()) return;
    const bool sweep = bytes[0] % 2 != 0;
    fs::remove_all(good.fuzzed), fs::remove(good.fuzzed + ".h5");
    fs::copy(sweep ? good.sweep : good.run, good.fuzzed);
    const std::vector<Edit> edits = edits_in(bytes.substr(1));
    for (const Edit& edit : edits) damage(good.fuzzed, sweep ? of_sweep : of_run, edit);
    try {
        read_all(good.fuzzed);
    } catch (const std::runtime_error& refused) {
        require(!edits.empty(), refused.what());
    } catch (const Refused&) { // what is missing cannot be merged
    } catch (const ScenarioErrors& refused) {
        require(!edits.empty(), refused.what());
    }
}

} // namespace entente::fuzz
