// From the table of the layout to a file's groups and variables, and to what is the same in all files.
#pragma once
#include "hdf5.hpp"
#include "sweep_file.hpp"
#include <optional>

namespace entente::store {

/// What has been created, by "group/name".
using Datasets = std::map<std::string, hdf5::Dataset>;

/// Creates a group and its variables, each axis attached. A variable with a dimension of no length is left out: several readers refuse such.
void create_group(const hdf5::File& file, const std::string& group, const Extents& extents, Datasets& made);

/// Writes a whole variable, if it has been created.
template <class Values> void put(const Datasets& made, const std::string& name, const Values& values)
{
    if (const auto found = made.find(name); found != made.end()) hdf5::write(found->second, values);
}
template <class T> void put_number(const Datasets& made, const std::string& name, T value) { put(made, name, std::vector<T>{value}); }

/// Reads a whole variable, which must have this shape.
template <class T> std::vector<T> read(const hdf5::File& file, const char* name, const std::vector<hsize_t>& shape)
{
    return hdf5::read<T>(hdf5::open_dataset(file, name, hdf5::type_of<T>), shape);
}

/// What numbers in memory mean follows from this program's model: a file that lists other names would be read wrongly. Throws.
void require_names(const hdf5::File& file, const char* name, const std::vector<std::string>& wanted);

/// Quarters along a dimension ("runs/report_date"), with their labels; then all from 0 on.
void put_dates(const Datasets& made, const std::string& dimension, const std::vector<int>& quarters);
void put_quarters(const Datasets& made, const std::string& group, std::size_t quarters);
/// The names of a dimension ("runs/event") and its labels.
void put_rows(const Datasets& made, const std::string& dimension, const std::vector<Row>& rows);
/// The labels of "agents/cell": columns in order, agents within a column.
void put_cells(const Datasets& made, const std::vector<std::uint32_t>& agents);
/// Creates and writes the group of fingerprints, unless there are none.
void put_fingerprint(const hdf5::File& file, const Fingerprint& fingerprint, Extents& extents, Datasets& made);
/// Creates and writes the group that says how well known what was stopped on is; and reads it, if there is one.
void put_stop(const hdf5::File& file, const StopReport& stop, Extents& extents, Datasets& made);
std::optional<StopReport> read_stop(const hdf5::File& file);
/// The same of what stands beside the shares; `quarters`: of the result.
void put_beside(const hdf5::File& file, const Beside& beside, Extents& extents, Datasets& made);
Beside read_beside(const hdf5::File& file, const Extents& extents, std::size_t quarters);
/// Rows of a piece of a sweep as boxes of whole replicates, and what stands before and after them.
struct Box {
    std::uint64_t replicate, replicates, point, points, at; ///< at: first row, counted from the piece's
};
std::vector<Box> boxes_of(const Piece& piece, std::uint64_t points, std::uint64_t replicates);
/// Of a sweep's result: [policy][replicate][point].
std::vector<hsize_t> run_shape(const hdf5::File& file);
/// Of a dataset of one dimension; else 0.
std::size_t length_of(const hdf5::File& file, const char* name, Type type);
/// The texts and single numbers of provenance.
void create_provenance(const hdf5::File& file, const Provenance& provenance, const Extents& extents, Datasets& made);
void put_provenance_numbers(const Datasets& made, const Provenance& provenance, const Summary& summary, bool complete);
/// Runs by class or orientation, as `of` makes it of a code: [kind][quarter].
std::vector<std::uint32_t> counts_by(const Summary& summary, int kinds, int (*of)(std::uint8_t code));
/// What the bits of an outcome code mean.
void set_flags(const hdf5::Dataset& outcome);

/// A file for reading. Throws if there is none, or if it is a folder.
hdf5::File open_any(const std::string& path);
/// The same if it is of this format, such as result_format, and the version that this program reads.
hdf5::File open_stored(const std::string& path, const char* format);
/// Reads what a caller then believes, such as a result's structure, in a process of its own first, which may crash or go round in circles where HDF5 believes what it finds:
/// then the file is damaged. Throws.
void read_structure(const std::string& path);
void try_in_a_child(const std::string& path, void (*read)(const std::string& path) = read_structure);
/// The length of each dimension that the file has. Throws unless every variable of the layout that is there is as the table has it.
Extents require_layout(const hdf5::File& file);
Provenance read_provenance(const hdf5::File& file);
/// Quarters of decimal years, -1 for NaN; what is the middle of none of so many quarters is damage.
std::vector<std::int16_t> quarters_of(const std::vector<float>& years, std::size_t quarters, const hdf5::Dataset& from);

std::vector<std::string> names(const std::vector<Row>& rows);
/// What is no UTF-8, or a zero byte, becomes '?': readers refuse the whole file otherwise.
std::string utf8(std::string_view bytes);

} // namespace entente::store
