// Single runs of a sweep's result, read back a piece at a time.
#include "datasets.hpp"
#include <algorithm>
#include <limits>
#include <map>
#include <optional>

namespace entente {

using namespace store;

struct StoredRows::Inside {
    hdf5::File file;
    std::vector<hsize_t> shape; ///< [policy][replicate][point]
    std::size_t outcomes = 0, quarters = 0;
    std::map<std::string, hdf5::Dataset> datasets{};

    void open(const char* name, Type type, std::optional<hsize_t> layers);
    template <class T> void read(const char* name, const Piece& piece, T* values) const;
};

/// `layers`: length of the first dimension of what has one more.
void StoredRows::Inside::open(const char* name, Type type, std::optional<hsize_t> layers)
{
    std::vector<hsize_t> wanted = shape;
    if (layers) wanted.insert(wanted.begin(), *layers);
    hdf5::require_shape(datasets[name] = hdf5::open_dataset(file, name, type), wanted);
}

/// The reverse of put_rows().
template <class T> void StoredRows::Inside::read(const char* name, const Piece& piece, T* values) const
{
    const hdf5::Dataset& dataset = datasets.at(name);
    const std::vector<hsize_t> whole = hdf5::extent(dataset);
    const std::size_t layers = whole.size() == 4 ? whole[0] : 1;
    for (const Box& box : boxes_of(piece, shape[2], shape[1])) {
        const std::size_t rows = box.replicates * box.points;
        hdf5::Slab slab{{piece.policy, box.replicate, box.point}, {1, box.replicates, box.points}};
        if (whole.size() == 4) slab.start.insert(slab.start.begin(), 0), slab.count.insert(slab.count.begin(), layers);
        const auto block = hdf5::read<T>(dataset, slab);
        for (std::size_t layer = 0; layer < layers; ++layer) std::copy_n(&block[layer * rows], rows, values + layer * piece.runs + box.at);
    }
}

StoredRows::StoredRows(const std::string& path) : inside_(new Inside{open_stored(path, sweep_format), {}})
{
    Inside& in = *inside_;
    in.shape = run_shape(in.file), in.outcomes = length_of(in.file, "outcomes/outcome", Type::text);
    in.open("outcomes/value", Type::f64, in.outcomes);
    in.open("outcomes/failed_quarter", Type::i16, {}), in.open("outcomes/failed_variable", Type::i16, {}), in.open("outcomes/failed_value", Type::f32, {});
    if (!hdf5::exists(in.file, "histories/code")) return;
    in.quarters = length_of(in.file, "histories/quarter", Type::f64);
    in.open("histories/code", Type::u8, in.quarters), in.open("histories/event_date", Type::f32, describe().events.size());
}
StoredRows::~StoredRows() = default;

StoredPiece StoredRows::read(const Piece& piece) const
{
    const Inside& in = *inside_;
    StoredPiece stored;
    BlockResult& r = stored.result;
    stored.outcomes.assign(in.outcomes * piece.runs, std::numeric_limits<double>::quiet_NaN());
    r.failed_quarter.assign(piece.runs, never_made), r.failed_variable.assign(piece.runs, -1), r.failed_value.assign(piece.runs, 0);
    if (piece.policy >= in.shape[0]) return stored;
    in.read("outcomes/value", piece, stored.outcomes.data());
    in.read("outcomes/failed_quarter", piece, r.failed_quarter.data());
    in.read("outcomes/failed_variable", piece, r.failed_variable.data());
    in.read("outcomes/failed_value", piece, r.failed_value.data());
    if (in.quarters == 0) return stored;
    std::vector<float> dates(describe().events.size() * piece.runs, std::numeric_limits<float>::quiet_NaN());
    r.outcome.assign(in.quarters * piece.runs, 255);
    in.read("histories/code", piece, r.outcome.data());
    in.read("histories/event_date", piece, dates.data());
    r.first_event = quarters_of(dates, in.quarters, in.datasets.at("histories/event_date"));
    return stored;
}

} // namespace entente
