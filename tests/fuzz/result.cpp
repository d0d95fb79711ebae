#include "core/text.hpp"
#include "damaged_file.hpp"
#include "experiment/estimates.hpp"
#include "experiment/small.hpp"
#include "experiment/two_results.hpp"
#include "report/documents.hpp"
#include "report/result.hpp"
#include "report/sweep.hpp"
#include "targets.hpp"

namespace entente::fuzz {
namespace {

/// Two good results.
struct Good {
    TemporaryFolder folder;
    std::string run = folder / "run.h5", sweep = folder / "sweep.h5", fuzzed = folder / "fuzzed.h5", run_bytes, sweep_bytes;
    Good()
    {
        carry_out(small_run(20, 1, {.threads = 1}), {.out = run});
        carry_out(small_sweep_of(2, {.threads = 1}), {.out = sweep});
        run_bytes = read_file(run), sweep_bytes = read_file(sweep);
    }
};

/// As `show`, `diff` and `replay` do.
void read_all(const std::string& path, const Good& good)
{
    constexpr std::uint32_t few = 8;
    if (stored_kind(path) == Stored::sweep) {
        const StoredSweep sweep = read_sweep_result(path);
        const SweepEstimate estimate = estimate_of(sweep, path);
        static_cast<void>(report::text_of(estimate, sweep, path) + report::printed(report::document("sweep"), report::json_of(estimate, sweep, path)));
        static_cast<void>(experiment_of(sweep, path));
        static_cast<void>(read_failures(path, 0, few));
        static_cast<void>(difference_of(path, good.sweep));
        static_cast<void>(read_histories(path, 0, 0, few));
    } else {
        const StoredResult result = read_result(path);
        static_cast<void>(report::text_of(result, path, report::Looks{}) + report::printed(report::document("result"), report::json_of(result, path)));
        static_cast<void>(difference_of(path, good.run));
        static_cast<void>(read_runs(path, 0, few));
    }
}

} // namespace

// A result's file. The first byte says of what, then come edits.
void result(std::string_view bytes)
{
    static const Good good;
    if (bytes.empty()) return;
    const bool sweep = bytes[0] % 2 != 0;
    const std::vector<Edit> edits = edits_in(bytes.substr(1));
    damage_file(good.fuzzed, sweep ? good.sweep_bytes : good.run_bytes, edits);
    try {
        read_all(good.fuzzed, good);
    } catch (const std::runtime_error& refused) {
        require(!edits.empty(), refused.what());
    } catch (const Refused& refused) {
        require(!edits.empty(), refused.what());
    } catch (const ScenarioErrors& refused) {
        require(!edits.empty(), refused.what());
    }
}

} // namespace entente::fuzz
