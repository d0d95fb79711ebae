#include "core/text.hpp"
#include "damaged.hpp"
#include "experiment/estimates.hpp"
#include "experiment/small.hpp"
#include "experiment/two_results.hpp"
#include "report/documents.hpp"
#include "report/result.hpp"
#include "report/sweep.hpp"
#include "targets.hpp"
#include "write_file.hpp"
#include <hdf5.h>

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

herr_t note_dataset(hid_t, const char* name, const H5O_info_t* info, void* names)
{
    if (info->type == H5O_TYPE_DATASET) static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

/// Changes a number of a dataset, so that its checksum is right again.
void rewrite(const std::string& path, const Edit& edit)
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    if (file < 0) return;
    std::vector<std::string> names;
    H5Ovisit(file, H5_INDEX_NAME, H5_ITER_INC, note_dataset, &names);
    const hid_t dataset = names.empty() ? -1 : H5Dopen2(file, names[edit.where % 256 % names.size()].c_str(), H5P_DEFAULT);
    if (dataset >= 0) {
        const hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
        const auto count = static_cast<std::size_t>(std::max<hssize_t>(H5Sget_simple_extent_npoints(space), 0));
        const std::size_t size = H5Tget_size(type);
        if (const H5T_class_t kind = H5Tget_class(type); (kind == H5T_INTEGER || kind == H5T_FLOAT) && count > 0 && count < 1'000'000) {
            std::string values(count * size, '\0');
            if (H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0) {
                put_extreme(&values[edit.where / 256 % count * size], size, edit.value);
                H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
            }
        }
        H5Sclose(space), H5Tclose(type), H5Dclose(dataset);
    }
    H5Fclose(file);
}

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
    write_file(good.fuzzed, sweep ? good.sweep_bytes : good.run_bytes);
    const std::vector<Edit> edits = edits_in(bytes.substr(1));
    for (const Edit& edit : edits)
        if (edit.kind % 4 > 1) rewrite(good.fuzzed, edit);
    std::string file = read_file(good.fuzzed);
    for (const Edit& edit : edits)
        if (edit.kind % 4 == 0) file[edit.where % file.size()] = static_cast<char>(edit.value);
        else if (edit.kind % 4 == 1) file.resize(file.size() - edit.where % file.size());
    write_file(good.fuzzed, file);
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
