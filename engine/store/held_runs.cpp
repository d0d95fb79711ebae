#include "held_runs.hpp"
#include "datasets.hpp"
#include "run_columns.hpp"

namespace entente {

using namespace store;

struct HeldRuns::Inside {
    hdf5::File file;
    Keep keep;
    GivenUp given_up;
    std::vector<std::size_t> drawn;

    template <class T> std::vector<T> read(const std::string& name, std::uint32_t first, std::size_t runs) const
    {
        const hdf5::Dataset dataset = hdf5::open_dataset(file, name, hdf5::type_of<T>);
        hdf5::Slab slab{{}, hdf5::extent(dataset)};
        if (slab.count.empty()) hdf5::require_shape(dataset, {runs});
        slab.start.assign(slab.count.size(), 0);
        slab.start.back() = first, slab.count.back() = runs;
        return hdf5::read<T>(dataset, slab);
    }
};

HeldRuns::HeldRuns(const std::string& path, const Scenario& scenario, Keep keep, GivenUp given_up)
    : inside_(new Inside{open_stored(path, result_format), keep, given_up, drawn_parameters(scenario)})
{
    require_layout(inside_->file);
}
HeldRuns::~HeldRuns() = default;

template <class T> static bool same_bits(T a, T b)
{
    if constexpr (std::is_floating_point_v<T>)
        return a == b ? std::signbit(a) == std::signbit(b) : std::isnan(a) && std::isnan(b); // which bits a NaN has depends on the instructions
    else return a == b;
}

/// Whether a value, by its place along the axes before `run`, is known of a run that failed in this quarter.
static bool is_known(const std::string& name, std::size_t place, std::size_t places, std::size_t quarters, int failed)
{
    if (name == "runs/outcome" || name.ends_with("/value")) return place / (places / quarters) <= static_cast<std::size_t>(failed);
    return name != "runs/event_date" && name != "runs/reported"; // of dates see first_departure()
}

std::optional<OtherVariable> HeldRuns::first_other(const FinishedBlock& block) const
{
    const std::size_t runs = block.result.failed_quarter.size();
    if (inside_->keep < Keep::outcomes || runs == 0) return std::nullopt;
    const auto failed_quarter = inside_->read<std::int16_t>("runs/failed_quarter", block.first_run, runs),
               failed_variable = inside_->read<std::int16_t>("runs/failed_variable", block.first_run, runs);
    std::optional<OtherVariable> other;
    each_of_runs(block, inside_->keep, inside_->drawn, [&]<class T>(const std::string& name, const std::vector<T>& again) {
        if (other) return;
        const std::vector<T> held = inside_->read<T>(name, block.first_run, runs);
        if (held.size() != again.size()) other = OtherVariable{name, block.first_run};
        for (std::size_t i = 0; i < again.size() && !other; ++i) {
            const std::size_t run = i % runs;
            const bool failed = failed_quarter[run] >= 0, given_up = failed && failed_variable[run] < 0 && inside_->given_up == GivenUp::some;
            if (same_bits(held[i], again[i]) || (given_up && name.starts_with("runs/failed_"))) continue;
            if (failed && !is_known(name, i / runs, again.size() / runs, block.result.quarters, failed_quarter[run])) continue;
            other = OtherVariable{name, block.first_run + run};
        }
    });
    return other;
}

} // namespace entente
