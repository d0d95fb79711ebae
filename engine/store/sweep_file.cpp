#include "sweep_file.hpp"
#include "../core/quarter.hpp"
#include "datasets.hpp"
#include "rules.hpp"
#include "temporary_file.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace entente {

using namespace store;

struct SweepWriter::Inside {
    TemporaryFile temporary; ///< outlives the file in it
    SweepHead head;
    Keep keep;
    Extents extents{};
    hdf5::File file{};
    Datasets datasets{};

    void create();
    template <class T> void put_rows(const char* name, const std::vector<hsize_t>& at, const Piece& piece, const T* values) const;
};

SweepWriter::SweepWriter(std::string path, const SweepHead& head, Keep keep) : inside_(new Inside{TemporaryFile(std::move(path)), head, keep}) { inside_->create(); }
SweepWriter::~SweepWriter() = default;

static std::vector<std::uint32_t> count_up(std::size_t n)
{
    std::vector<std::uint32_t> numbers(n);
    std::iota(numbers.begin(), numbers.end(), 0u);
    return numbers;
}

/// Where the texts of factors stand.
static constexpr std::pair<const char*, std::string FactorText::*> factor_texts[] = {
    {"design/factor", &FactorText::name},         {"design/factor_kind", &FactorText::kind}, {"design/factor_choices", &FactorText::choices},
    {"design/factor_sets", &FactorText::sets},    {"design/factor_unit", &FactorText::unit}, {"design/factor_meaning", &FactorText::meaning},
    {"design/factor_values", &FactorText::values}};

template <class T> static std::vector<T> column(const std::vector<FactorText>& factors, T FactorText::*member)
{
    std::vector<T> all;
    for (const FactorText& factor : factors) all.push_back(factor.*member);
    return all;
}

void SweepWriter::Inside::create()
{
    for (const ProvenanceText& text : provenance_texts()) head.provenance.*text.member = utf8(head.provenance.*text.member);
    extents = {{"quarter", head.quarters},
               {"variable", describe().variables.size()},
               {"event", describe().events.size()},
               {"policy", head.policies.size()},
               {"outcome", head.outcomes.size()},
               {"factor", head.factors.size()},
               {"point", head.points},
               {"replicate", head.replicates}};
    file = hdf5::create_file(temporary.name(), temporary.path());
    hdf5::set_attribute(file, "format", std::string(sweep_format));
    create_provenance(file, head.provenance, extents, datasets);
    for (const GroupText& group : groups())
        if (group.format == Format::sweep && keep >= group.least) create_group(file, group.name, extents, datasets);
    for (const char* group : {"outcomes", "histories", "estimates"}) {
        put(datasets, fmt::format("{}/policy", group), head.policies);
        put(datasets, fmt::format("{}/replicate", group), count_up(head.replicates));
        put(datasets, fmt::format("{}/point", group), count_up(head.points));
        put(datasets, fmt::format("{}/outcome", group), head.outcomes);
        put(datasets, fmt::format("{}/outcome_unit", group), head.outcome_units);
        put(datasets, fmt::format("{}/outcome_meaning", group), head.outcome_meanings);
    }
    put(datasets, "design/point", count_up(head.points));
    for (const auto& [name, text] : factor_texts) put(datasets, name, column(head.factors, text));
    put(datasets, "design/factor_low", column(head.factors, &FactorText::low));
    put(datasets, "design/factor_high", column(head.factors, &FactorText::high));
    put(datasets, "design/value", head.values);
    put(datasets, "design/base", head.base);
    put(datasets, "design/moved", head.moved);
    if (keep < Keep::outcomes) return;
    put_quarters(datasets, "histories", head.quarters);
    put(datasets, "histories/event", names(describe().events));
    set_flags(datasets.at("histories/code"));
}

std::vector<Box> store::boxes_of(const Piece& piece, std::uint64_t points, std::uint64_t replicates)
{
    std::vector<Box> boxes;
    const std::uint64_t end = std::min(piece.first + piece.runs, points * replicates);
    for (std::uint64_t row = piece.first; row < end;) {
        const std::uint64_t replicate = row / points, point = row % points;
        const std::uint64_t whole = point == 0 ? (end - row) / points : 0;
        const std::uint64_t rows = whole > 0 ? whole * points : std::min(points - point, end - row);
        boxes.push_back({replicate, std::max<std::uint64_t>(whole, 1), point, whole > 0 ? points : rows, row - piece.first});
        row += rows;
    }
    return boxes;
}

/// Writes values[row] into a variable (..., replicate, point) at the place `at` of its first dimensions; values[layer][row] if it has one dimension more,
/// the slowest, which is written whole.
template <class T> void SweepWriter::Inside::put_rows(const char* name, const std::vector<hsize_t>& at, const Piece& piece, const T* values) const
{
    const auto found = datasets.find(name);
    if (found == datasets.end()) return;
    const std::vector<hsize_t> shape = hdf5::extent(found->second);
    const bool layered = shape.size() == at.size() + 3;
    const std::size_t layers = layered ? shape[0] : 1;
    for (const Box& box : boxes_of(piece, head.points, head.replicates)) {
        const std::size_t rows = box.replicates * box.points;
        std::vector<T> block;
        for (std::size_t layer = 0; layer < layers; ++layer) block.insert(block.end(), values + layer * piece.runs + box.at, values + layer * piece.runs + box.at + rows);
        std::vector<hsize_t> start, count;
        if (layered) start.push_back(0), count.push_back(layers);
        for (const hsize_t place : at) start.push_back(place), count.push_back(1);
        start.insert(start.end(), {box.replicate, box.point}), count.insert(count.end(), {box.replicates, box.points});
        hdf5::write(found->second, block.data(), {start, count});
    }
}

void SweepWriter::piece(const Piece& piece, const StoredPiece& stored)
{
    const Inside& in = *inside_;
    const BlockResult& r = stored.result;
    const std::size_t outcomes = in.head.outcomes.size(), events = in.extents.at("event");
    if (r.failed_quarter.size() != piece.runs || stored.outcomes.size() != outcomes * piece.runs || r.outcome.size() != std::size_t{in.head.quarters} * piece.runs
        || r.first_event.size() != events * piece.runs)
        throw std::runtime_error(fmt::format("{}: cannot write piece {}: it has another shape than the sweep", in.temporary.path(), stored.number));
    for (std::size_t o = 0; o < outcomes; ++o) in.put_rows("outcomes/value", {o, piece.policy}, piece, &stored.outcomes[o * piece.runs]);
    in.put_rows("outcomes/failed_quarter", {piece.policy}, piece, r.failed_quarter.data());
    in.put_rows("outcomes/failed_variable", {piece.policy}, piece, r.failed_variable.data());
    in.put_rows("outcomes/failed_value", {piece.policy}, piece, r.failed_value.data());
    std::vector<float> date;
    for (const std::int16_t quarter : r.first_event) date.push_back(quarter < 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(decimal_year(quarter)));
    in.put_rows("histories/code", {piece.policy}, piece, r.outcome.data());
    in.put_rows("histories/event_date", {piece.policy}, piece, date.data());
}

void SweepWriter::missing(const Piece& piece)
{
    const std::size_t outcomes = inside_->head.outcomes.size();
    StoredPiece empty;
    empty.outcomes.assign(outcomes * piece.runs, std::numeric_limits<double>::quiet_NaN());
    empty.result.failed_quarter.assign(piece.runs, never_made), empty.result.failed_variable.assign(piece.runs, -1), empty.result.failed_value.assign(piece.runs, 0);
    empty.result.outcome.assign(std::size_t{inside_->head.quarters} * piece.runs, 255), empty.result.first_event.assign(inside_->extents.at("event") * piece.runs, -1);
    this->piece(piece, empty);
}

void SweepWriter::flush() { hdf5::flush(inside_->file); }

std::vector<double> SweepWriter::outcome(std::size_t outcome, std::size_t policy, Range replicates, Range points) const
{
    return hdf5::read<double>(inside_->datasets.at("outcomes/value"), hdf5::Slab{{outcome, policy, replicates.first, points.first}, {1, 1, replicates.count, points.count}});
}

void SweepWriter::stopped(const StopReport& stop) { put_stop(inside_->file, stop, inside_->extents, inside_->datasets); }

std::string SweepWriter::finish(const SweepEstimates& estimates, const Fingerprint& fingerprint, double duration_s)
{
    Inside& in = *inside_;
    in.head.provenance.duration_s = duration_s;
    put(in.datasets, "estimates/estimate", estimates.estimate);
    put(in.datasets, "estimates/low", estimates.low);
    put(in.datasets, "estimates/high", estimates.high);
    put(in.datasets, "estimates/failed", estimates.failed);
    put_fingerprint(in.file, fingerprint, in.extents, in.datasets);
    put_provenance_numbers(in.datasets, in.head.provenance, {}, in.head.complete);
    hdf5::flush(in.file);
    in.datasets.clear();
    hdf5::close(in.file);
    in.temporary.take_final_name();
    return in.temporary.path();
}

Stored stored_kind(const std::string& path)
{
    try_in_a_child(path);
    const hdf5::File file = open_any(path);
    const std::string format = hdf5::text_attribute(file, "format");
    return format == result_format ? Stored::run : format == sweep_format ? Stored::sweep : Stored::neither;
}

static std::vector<std::string> texts_in(const hdf5::File& file, const char* name)
{
    const hdf5::Dataset dataset = hdf5::open_dataset(file, name, Type::text);
    const std::vector<hsize_t> shape = hdf5::extent(dataset);
    if (shape.size() != 1 || shape[0] > 1'000'000) throw std::runtime_error(fmt::format("{}: cannot read: '{}' has another shape", file.path, name));
    return hdf5::read_texts(dataset, shape);
}
std::size_t store::length_of(const hdf5::File& file, const char* name, Type type)
{
    const std::vector<hsize_t> shape = hdf5::extent(hdf5::open_dataset(file, name, type));
    return shape.size() == 1 ? shape[0] : 0;
}

StoredSweep read_sweep_result(const std::string& path)
{
    try_in_a_child(path);
    const hdf5::File file = open_stored(path, sweep_format);
    require_layout(file);
    StoredSweep s;
    SweepHead& h = s.head;
    h.provenance = read_provenance(file);
    h.complete = read<std::uint8_t>(file, "provenance/complete", {})[0] != 0;
    if (hdf5::read_texts(hdf5::open_dataset(file, "provenance/checksum", Type::text), {}).front() != fingerprint(h.provenance, {}, h.complete))
        throw DamagedFile(fmt::format("{}: is damaged: the checksum of its texts and single numbers is wrong", path));
    h.policies = texts_in(file, "outcomes/policy"), h.outcomes = texts_in(file, "outcomes/outcome");
    const auto about_outcomes = [&](const char* name) { return hdf5::read_texts(hdf5::open_dataset(file, name, Type::text), {h.outcomes.size()}); };
    h.outcome_units = about_outcomes("outcomes/outcome_unit"), h.outcome_meanings = about_outcomes("outcomes/outcome_meaning");
    h.points = length_of(file, "outcomes/point", Type::u32), h.replicates = static_cast<std::uint32_t>(length_of(file, "outcomes/replicate", Type::u32));
    if (hdf5::exists(file, "histories/quarter")) h.quarters = static_cast<std::uint32_t>(length_of(file, "histories/quarter", Type::f64));
    if (hdf5::exists(file, "design/factor")) {
        h.factors.resize(texts_in(file, "design/factor").size());
        const auto fill = [&](auto FactorText::*member, const auto& values) {
            for (std::size_t f = 0; f < h.factors.size(); ++f) h.factors[f].*member = values[f];
        };
        for (const auto& [name, text] : factor_texts) fill(text, hdf5::read_texts(hdf5::open_dataset(file, name, Type::text), {h.factors.size()}));
        fill(&FactorText::low, read<double>(file, "design/factor_low", {h.factors.size()})), fill(&FactorText::high, read<double>(file, "design/factor_high", {h.factors.size()}));
        h.values = read<double>(file, "design/value", {h.points, h.factors.size()});
        h.base = read<std::int32_t>(file, "design/base", {h.points}), h.moved = read<std::int32_t>(file, "design/moved", {h.points});
    }
    const std::vector<hsize_t> shape = {h.outcomes.size(), h.policies.size(), h.points};
    s.estimates = {read<double>(file, "estimates/estimate", shape), read<double>(file, "estimates/low", shape), read<double>(file, "estimates/high", shape),
                   read<std::uint32_t>(file, "estimates/failed", {h.policies.size(), h.points})};
    s.stop = read_stop(file);
    if (s.stop) s.stop->sweep = true, s.stop->points = h.points > 1;
    throw_if_damaged(path, fault_of(h, s.estimates));
    return s;
}

std::vector<hsize_t> store::run_shape(const hdf5::File& file)
{
    return {length_of(file, "outcomes/policy", Type::text), length_of(file, "outcomes/replicate", Type::u32), length_of(file, "outcomes/point", Type::u32)};
}

static hsize_t replicates_from(std::uint32_t first, std::uint32_t most, const std::vector<hsize_t>& shape)
{
    return std::min<hsize_t>(most, shape[1] - std::min<hsize_t>(first, shape[1]));
}

struct StoredOutcome::Inside {
    hdf5::File file;
    std::vector<hsize_t> shape;
    hdf5::Dataset values;
    std::size_t outcome;
};

StoredOutcome::StoredOutcome(const std::string& path, std::size_t outcome) : inside_(new Inside{open_stored(path, sweep_format), {}, {}, outcome})
{
    Inside& in = *inside_;
    in.shape = run_shape(in.file);
    in.values = hdf5::open_dataset(in.file, "outcomes/value", Type::f64);
    hdf5::require_shape(in.values, {length_of(in.file, "outcomes/outcome", Type::text), in.shape[0], in.shape[1], in.shape[2]});
}
StoredOutcome::~StoredOutcome() = default;

std::vector<double> StoredOutcome::read(const std::vector<std::size_t>& start, const std::vector<std::size_t>& count) const
{
    const hdf5::Slab slab{{start.begin(), start.end()}, {count.begin(), count.end()}};
    hdf5::require_inside(inside_->values, slab);
    std::vector<double> values = hdf5::read<double>(inside_->values, slab);
    throw_if_damaged(inside_->file.path, std::ranges::any_of(values, is_far) ? "an outcome is far outside every range" : "");
    return values;
}

std::vector<double> StoredOutcome::read(std::uint32_t first, std::uint32_t replicates) const
{
    const std::vector<hsize_t>& shape = inside_->shape;
    return read({inside_->outcome, 0, first, 0}, {1, shape[0], replicates_from(first, replicates, shape), shape[2]});
}

std::vector<double> StoredOutcome::read(std::size_t policy, Range replicates, Range points) const
{
    return read({inside_->outcome, policy, replicates.first, points.first}, {1, 1, replicates.count, points.count});
}

StoredFailures read_failures(const std::string& path, std::uint32_t first, std::uint32_t replicates)
{
    const hdf5::File file = open_stored(path, sweep_format);
    const std::vector<hsize_t> shape = run_shape(file);
    const auto some = [&]<class T>(const char* name, Type type, T) {
        const hdf5::Dataset dataset = hdf5::open_dataset(file, name, type);
        hdf5::require_shape(dataset, shape);
        return hdf5::read<T>(dataset, hdf5::Slab{{0, first, 0}, {shape[0], replicates_from(first, replicates, shape), shape[2]}});
    };
    StoredFailures failures{some("outcomes/failed_quarter", Type::i16, std::int16_t()), some("outcomes/failed_variable", Type::i16, std::int16_t()),
                            some("outcomes/failed_value", Type::f32, float())};
    throw_if_damaged(path, fault_of(failures, most_quarters));
    return failures;
}

StoredRuns read_histories(const std::string& path, std::size_t policy, std::uint64_t first_row, std::uint32_t rows)
{
    const hdf5::File file = open_stored(path, sweep_format);
    if (!hdf5::exists(file, "histories/code")) throw std::runtime_error(fmt::format("{}: keeps no single runs", path));
    const std::vector<hsize_t> shape = run_shape(file);
    const std::size_t quarters = length_of(file, "histories/quarter", Type::f64), events = describe().events.size();
    const hdf5::Dataset code = hdf5::open_dataset(file, "histories/code", Type::u8), date = hdf5::open_dataset(file, "histories/event_date", Type::f32);
    hdf5::require_shape(code, {quarters, shape[0], shape[1], shape[2]}), hdf5::require_shape(date, {events, shape[0], shape[1], shape[2]});
    StoredRuns runs;
    const hdf5::Dataset failed = hdf5::open_dataset(file, "outcomes/failed_quarter", Type::i16);
    hdf5::require_shape(failed, shape);
    runs.outcome.resize(quarters * rows), runs.first_event.resize(events * rows), runs.failed_quarter.resize(rows), runs.runs = rows;
    for (const Box& box : boxes_of({static_cast<std::uint32_t>(policy), first_row, rows}, shape[2], shape[1])) {
        const std::size_t n = box.replicates * box.points;
        const auto codes = hdf5::read<std::uint8_t>(code, hdf5::Slab{{0, policy, box.replicate, box.point}, {quarters, 1, box.replicates, box.points}});
        const auto dates = quarters_of(hdf5::read<float>(date, hdf5::Slab{{0, policy, box.replicate, box.point}, {events, 1, box.replicates, box.points}}), quarters, date);
        std::ranges::copy(hdf5::read<std::int16_t>(failed, hdf5::Slab{{policy, box.replicate, box.point}, {1, box.replicates, box.points}}), &runs.failed_quarter[box.at]);
        for (std::size_t q = 0; q < quarters; ++q) std::copy_n(&codes[q * n], n, &runs.outcome[q * rows + box.at]);
        for (std::size_t e = 0; e < events; ++e)
            for (std::size_t i = 0; i < n; ++i) runs.first_event[e * rows + box.at + i] = dates[e * n + i];
    }
    throw_if_damaged(path, fault_of(runs, quarters));
    return runs;
}

Fingerprint read_fingerprint(const std::string& path)
{
    const hdf5::File file = open_any(path);
    if (!hdf5::exists(file, "fingerprint/by_run")) return {};
    Fingerprint f;
    f.policies = texts_in(file, "fingerprint/policy");
    f.quarters = length_of(file, "fingerprint/quarter", Type::f64), f.runs = length_of(file, "fingerprint/first_run", Type::u32);
    f.by_variable = read<std::uint64_t>(file, "fingerprint/by_variable", {f.policies.size(), f.quarters, length_of(file, "fingerprint/variable", Type::text)});
    f.by_run = read<std::uint64_t>(file, "fingerprint/by_run", {f.policies.size(), f.runs});
    throw_if_damaged(path, fault_of(f));
    return f;
}

} // namespace entente
