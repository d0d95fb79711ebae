// The dials at either end, the readings, and the posterior against its priors, in a result file.
#include "../core/quarter.hpp"
#include "datasets.hpp"
#include "rules.hpp"
#include <fmt/format.h>
#include <numeric>

namespace entente {

using namespace store;

static std::vector<std::string> arm_names()
{
    std::vector<std::string> names{"as it is"};
    for (const Turned& what : turned)
        for (std::size_t end = 0; end < dial_ends; ++end) names.push_back(fmt::format("{} = {}", name_of(what), end));
    return names;
}

static std::vector<std::string> texts_of(std::string_view Driver::*member)
{
    std::vector<std::string> all;
    for (const Driver& driver : drivers) all.emplace_back(driver.*member);
    return all;
}

template <class T> static std::vector<T> numbered(std::size_t n)
{
    std::vector<T> number(n);
    std::iota(number.begin(), number.end(), T{0});
    return number;
}

static void put_dials(const hdf5::File& file, const DialRuns& dials, Extents& extents, Datasets& made)
{
    extents["driver"] = drivers.size(), extents["arm"] = dial_arms, extents["future"] = dials.futures;
    create_group(file, "drivers", extents, made);
    put(made, "drivers/driver", texts_of(&Driver::name));
    put(made, "drivers/driver_variable", texts_of(&Driver::variable));
    put(made, "drivers/driver_own", std::vector<double>(dials.own.begin(), dials.own.end()));
    put(made, "drivers/arm", arm_names());
    put(made, "drivers/future", numbered<std::uint32_t>(dials.futures));
    put_number(made, "drivers/quarter", static_cast<std::int16_t>(dials.quarter));
    put(made, "drivers/variable_mean", dials.variable);
    put(made, "drivers/alignment_index", dials.alignment_index);
    put(made, "drivers/outcome", dials.outcome);
    put(made, "drivers/whole", dials.whole);
}

static void put_readings(const hdf5::File& file, const ReadingRuns& readings, Extents& extents, Datasets& made)
{
    extents["reading"] = readings.readings, extents["date"] = readings.quarters.size();
    create_group(file, "readings", extents, made);
    put_dates(made, "readings/date", readings.quarters);
    put(made, "readings/reading", numbered<std::uint32_t>(readings.readings));
    put(made, "readings/code", numbered<std::uint8_t>(32));
    put(made, "readings/event", names(describe().events));
    put(made, "readings/structure", names(describe().structures));
    put(made, "readings/structure_choice", readings.structure);
    put(made, "readings/counted", readings.counted);
    put(made, "readings/code_count", readings.code_count);
    put(made, "readings/event_count", readings.event_count);
}

static const std::vector<std::string> drawn_from = {"posterior", "priors"};

static void put_priors(const hdf5::File& file, const PriorRuns& priors, Extents& extents, Datasets& made)
{
    extents["date"] = priors.quarters.size(), extents["drawn_from"] = prior_arms, extents["pair"] = priors.futures;
    create_group(file, "priors", extents, made);
    put_dates(made, "priors/date", priors.quarters);
    put(made, "priors/drawn_from", drawn_from);
    put(made, "priors/pair", numbered<std::uint32_t>(priors.futures));
    put(made, "priors/outcome", priors.outcome);
    put(made, "priors/whole", priors.whole);
}

void store::put_beside(const hdf5::File& file, const Beside& beside, Extents& extents, Datasets& made)
{
    if (beside.dials) put_dials(file, *beside.dials, extents, made);
    if (beside.readings) put_readings(file, *beside.readings, extents, made);
    if (beside.priors) put_priors(file, *beside.priors, extents, made);
}

static DialRuns read_dials(const hdf5::File& file, std::size_t futures)
{
    require_names(file, "drivers/driver", texts_of(&Driver::name));
    require_names(file, "drivers/driver_variable", texts_of(&Driver::variable));
    require_names(file, "drivers/arm", arm_names());
    DialRuns dials{.futures = static_cast<std::uint32_t>(futures), .quarter = read<std::int16_t>(file, "drivers/quarter", {}).front()};
    std::ranges::copy(read<double>(file, "drivers/driver_own", {drivers.size()}), dials.own.begin());
    dials.variable = read<float>(file, "drivers/variable_mean", {drivers.size(), dial_arms, futures});
    dials.alignment_index = read<float>(file, "drivers/alignment_index", {dial_arms, futures});
    dials.outcome = read<std::uint8_t>(file, "drivers/outcome", {dial_arms, futures});
    dials.whole = read<std::uint8_t>(file, "drivers/whole", {dial_arms, futures});
    return dials;
}

static std::vector<int> read_dates(const hdf5::File& file, const std::string& group, std::size_t dates)
{
    std::vector<int> quarters;
    for (const double year : read<double>(file, (group + "/date").c_str(), {dates})) {
        const double quarter = (year - decimal_year(0)) * 4;
        throw_if_damaged(file.path,
                         quarter >= 0 && quarter < most_quarters && decimal_year(static_cast<int>(quarter)) == year ? "" : fmt::format("its {} are looked at on a date that is none", group));
        quarters.push_back(static_cast<int>(quarter));
    }
    return quarters;
}

static ReadingRuns read_readings(const hdf5::File& file, std::size_t readings, std::size_t dates)
{
    require_names(file, "readings/event", names(describe().events));
    require_names(file, "readings/structure", names(describe().structures));
    ReadingRuns runs{.readings = static_cast<std::uint32_t>(readings), .quarters = read_dates(file, "readings", dates)};
    runs.structure = read<std::uint8_t>(file, "readings/structure_choice", {describe().structures.size(), readings});
    runs.counted = read<std::uint32_t>(file, "readings/counted", {readings});
    runs.code_count = read<std::uint32_t>(file, "readings/code_count", {dates, 32, readings});
    runs.event_count = read<std::uint32_t>(file, "readings/event_count", {describe().events.size(), readings});
    return runs;
}

static PriorRuns read_priors(const hdf5::File& file, std::size_t futures, std::size_t dates)
{
    require_names(file, "priors/drawn_from", drawn_from);
    PriorRuns runs{.futures = static_cast<std::uint32_t>(futures), .quarters = read_dates(file, "priors", dates)};
    runs.outcome = read<std::uint8_t>(file, "priors/outcome", {dates, prior_arms, futures});
    runs.whole = read<std::uint8_t>(file, "priors/whole", {prior_arms, futures});
    return runs;
}

Beside store::read_beside(const hdf5::File& file, const Extents& extents, std::size_t quarters)
{
    Beside beside;
    if (hdf5::exists(file, "drivers/future")) beside.dials = read_dials(file, extents.at("future"));
    if (hdf5::exists(file, "readings/reading")) beside.readings = read_readings(file, extents.at("reading"), extents.at("date"));
    if (hdf5::exists(file, "priors/pair")) beside.priors = read_priors(file, extents.at("pair"), extents.at("date"));
    throw_if_damaged(file.path, fault_of(beside, quarters));
    return beside;
}

} // namespace entente
