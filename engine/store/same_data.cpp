// Whether two results hold the same data, to the bit: every variable of the layout, chunk by chunk.
#include "datasets.hpp"
#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

using namespace store;

template <class T> static bool same_box(const hdf5::Dataset& a, const hdf5::Dataset& b, const hdf5::Slab& box)
{
    const auto read = [&](const hdf5::Dataset& d) { return box.count.empty() ? hdf5::read<T>(d, box.count) : hdf5::read<T>(d, box); }; // one number has no box
    const auto in_a = read(a), in_b = read(b);
    return std::memcmp(in_a.data(), in_b.data(), in_a.size() * sizeof(T)) == 0; // NaN is the same as itself
}

static bool same_box(const hdf5::Dataset& a, const hdf5::Dataset& b, const hdf5::Slab& box)
{
    switch (a.type) {
    case Type::u8: return same_box<std::uint8_t>(a, b, box);
    case Type::i16: return same_box<std::int16_t>(a, b, box);
    case Type::i32: return same_box<std::int32_t>(a, b, box);
    case Type::u32: return same_box<std::uint32_t>(a, b, box);
    case Type::u64: return same_box<std::uint64_t>(a, b, box);
    case Type::f32: return same_box<float>(a, b, box);
    case Type::f64: return same_box<double>(a, b, box);
    case Type::text: break;
    }
    return hdf5::read_texts(a, box.count) == hdf5::read_texts(b, box.count);
}

/// Goes to the next box of a grid over `shape`; false after the last.
static bool next_box(hdf5::Slab& box, const std::vector<hsize_t>& shape, const std::vector<std::size_t>& chunk)
{
    for (std::size_t i = shape.size(); i-- > 0;) {
        box.start[i] += chunk[i];
        const bool inside = box.start[i] < shape[i];
        if (!inside) box.start[i] = 0;
        box.count[i] = std::min<hsize_t>(chunk[i], shape[i] - box.start[i]);
        if (inside) return true;
    }
    return false;
}

static bool same_data(const hdf5::File& file_a, const hdf5::File& file_b, const VariableText& variable, const std::string& name, Compared what)
{
    const hdf5::Dataset a = hdf5::open_dataset(file_a, name, variable.type), b = hdf5::open_dataset(file_b, name, variable.type);
    std::vector<hsize_t> shape = hdf5::extent(a), other = hdf5::extent(b);
    const std::vector<std::string> dimensions = dimensions_of(variable);
    if (what == Compared::first_runs && !dimensions.empty() && dimensions.back() == "run" && !shape.empty() && shape.size() == other.size())
        shape.back() = other.back() = std::min(shape.back(), other.back());
    if (other != shape) return false;
    if (dimensions.size() != shape.size()) throw std::runtime_error(fmt::format("{}: cannot read: '{}' has another shape", file_a.path, name));
    if (variable.type == Type::text) return same_box(a, b, {{}, shape});
    Extents extents;
    for (std::size_t i = 0; i < shape.size(); ++i) extents[dimensions[i]] = shape[i];
    const std::vector<std::size_t> chunk = chunk_shape(variable, extents);
    hdf5::Slab box{std::vector<hsize_t>(shape.size(), 0), std::vector<hsize_t>(chunk.begin(), chunk.end())};
    for (std::size_t i = 0; i < shape.size(); ++i) box.count[i] = std::min(box.count[i], shape[i]);
    do
        if (!same_box(a, b, box)) return false;
    while (next_box(box, shape, chunk));
    return true;
}

DataComparison compare_data(const std::string& path_a, const std::string& path_b, Compared what)
{
    const bool sweep = stored_kind(path_a) == Stored::sweep;
    const hdf5::File a = open_stored(path_a, sweep ? sweep_format : result_format), b = open_stored(path_b, sweep ? sweep_format : result_format);
    require_layout(a), require_layout(b);
    DataComparison all;
    for (const VariableText& variable : variables()) {
        if (std::string_view(variable.group) == "provenance" || std::string_view(variable.group) == "analyses" || is_label(variable)) continue;
        constexpr std::string_view of_all[] = {"summary", "drivers", "readings", "priors"}; // an interrupted result has its own summary, and nothing beside it
        if (what == Compared::first_runs && std::ranges::find(of_all, variable.group) != std::end(of_all)) continue;
        const std::string name = fmt::format("{}/{}", variable.group, variable.name);
        const bool in_a = hdf5::exists(a, name), in_b = hdf5::exists(b, name);
        if (in_a && in_b) (same_data(a, b, variable, name, what) ? all.same : all.other).push_back(name);
        else if (in_a) all.only_a.push_back(name);
        else if (in_b) all.only_b.push_back(name);
    }
    return all;
}

} // namespace entente
