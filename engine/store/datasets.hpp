// From the table of the layout to a file's groups and variables, and to what is the same in all files.
#pragma once
#include "hdf5.hpp"

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

void put_quarters(const Datasets& made, const std::string& group, std::size_t quarters);
/// The names of a dimension ("runs/event") and its labels.
void put_rows(const Datasets& made, const std::string& dimension, const std::vector<Row>& rows);
/// The labels of "agents/cell": columns in order, agents within a column.
void put_cells(const Datasets& made, const std::vector<std::uint32_t>& agents);
/// What the bits of an outcome code mean.
void set_flags(const hdf5::Dataset& outcome);

std::vector<std::string> names(const std::vector<Row>& rows);
/// What is no UTF-8, or a zero byte, becomes '?': readers refuse the whole file otherwise.
std::string utf8(std::string_view bytes);

} // namespace entente::store
