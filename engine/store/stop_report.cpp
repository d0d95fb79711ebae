// How well known what an experiment stopped on is, in a result file.
#include "rules.hpp"
#include "datasets.hpp"
#include <fmt/format.h>
#include <numeric>
#include <stdexcept>

namespace entente {

using namespace store;

static constexpr std::size_t most_wanted = 1'000'000; ///< of one result: outcomes times policies

void store::put_stop(const hdf5::File& file, const StopReport& stop, Extents& extents, Datasets& made)
{
    extents["wanted"] = stop.known.size();
    create_group(file, "precision", extents, made);
    const auto texts = [&](std::string Known::*member) {
        std::vector<std::string> all;
        for (const Known& k : stop.known) all.push_back(utf8(k.*member));
        return all;
    };
    const auto numbers = [&](auto of) {
        std::vector<double> all;
        for (const Known& k : stop.known) all.push_back(of(k));
        return all;
    };
    std::vector<std::uint32_t> number(stop.known.size()), used;
    std::iota(number.begin(), number.end(), 0u);
    for (const Known& k : stop.known) used.push_back(static_cast<std::uint32_t>(k.interval.used));
    put(made, "precision/wanted", number);
    put(made, "precision/wanted_outcome", texts(&Known::outcome));
    put(made, "precision/wanted_policy", texts(&Known::policy));
    put(made, "precision/wanted_less", texts(&Known::baseline));
    put(made, "precision/half_width", numbers([](const Known& k) { return k.half_width; }));
    put(made, "precision/estimate", numbers([](const Known& k) { return k.interval.estimate; }));
    put(made, "precision/low", numbers([](const Known& k) { return k.interval.low; }));
    put(made, "precision/high", numbers([](const Known& k) { return k.interval.high; }));
    put(made, "precision/used", used);
    put(made, "precision/needed", numbers([](const Known& k) { return k.least; }));
    put_number(made, "precision/enough", static_cast<std::uint8_t>(stop.enough));
    put_number(made, "precision/replicates", static_cast<std::uint32_t>(stop.replicates));
    put_number(made, "precision/least", static_cast<std::uint32_t>(stop.least));
    put_number(made, "precision/most", static_cast<std::uint32_t>(stop.most));
}

std::optional<StopReport> store::read_stop(const hdf5::File& file)
{
    if (!hdf5::exists(file, "precision/wanted")) return std::nullopt;
    const std::vector<hsize_t> shape = hdf5::extent(hdf5::open_dataset(file, "precision/wanted", Type::u32));
    if (shape.size() != 1 || shape[0] > most_wanted) throw std::runtime_error(fmt::format("{}: cannot read: 'precision/wanted' has another shape", file.path));
    const auto texts = [&](const char* name) { return hdf5::read_texts(hdf5::open_dataset(file, name, Type::text), shape); };
    const auto numbers = [&](const char* name) { return hdf5::read<double>(hdf5::open_dataset(file, name, Type::f64), shape); };
    const auto number = [&](const char* name) { return hdf5::read<std::uint32_t>(hdf5::open_dataset(file, name, Type::u32), std::vector<hsize_t>{}).front(); };
    const auto outcome = texts("precision/wanted_outcome"), policy = texts("precision/wanted_policy"), less = texts("precision/wanted_less");
    const auto half_width = numbers("precision/half_width"), estimate = numbers("precision/estimate"), low = numbers("precision/low"), high = numbers("precision/high"),
               needed = numbers("precision/needed");
    const auto used = hdf5::read<std::uint32_t>(hdf5::open_dataset(file, "precision/used", Type::u32), shape);
    StopReport stop{.enough = hdf5::read<std::uint8_t>(hdf5::open_dataset(file, "precision/enough", Type::u8), std::vector<hsize_t>{}).front() != 0,
                    .replicates = number("precision/replicates"),
                    .most = number("precision/most"),
                    .least = number("precision/least")};
    for (std::size_t i = 0; i < shape[0]; ++i) { stop.known.push_back({outcome[i], policy[i], less[i], {estimate[i], low[i], high[i], used[i], 0}, half_width[i], needed[i]}); }
    throw_if_damaged(file.path, fault_of(stop));
    return stop;
}

} // namespace entente
