// The layout of a result file as one table: the writer creates the file from it, results/README.md is printed from it.
#pragma once
#include "store.hpp"
#include <map>
#include <span>

namespace entente::store {

inline constexpr const char *result_format = "entente-result", *sweep_format = "entente-sweep", *posterior_format = "entente-posterior";
inline constexpr std::uint32_t result_format_version = 4; ///< of results of runs and sweeps
inline constexpr std::uint32_t posterior_format_version = 1;

enum class Type : std::uint8_t { u8, i16, i32, u32, u64, f32, f64, text };
const char* type_name(Type type); ///< "float32"
/// In bytes.
std::size_t type_size(Type type);

enum class Format : std::uint8_t { result, sweep, both, posterior };
/// A group of a file, and what is in it.
struct GroupText {
    const char* name;
    Format format; ///< of the files that have it
    Keep least;    ///< exists from this Keep on
    const char* meaning;
};
/// All groups.
std::span<const GroupText> groups();

/// One variable of a leaf group. The name of a dimension is the name of its coordinate, so a variable whose name is its only dimension is a
/// coordinate. Coordinates stand before what uses them.
struct VariableText {
    const char* group;
    const char* name;
    const char* dimensions; ///< "quarter run", slowest first; "": one value
    Type type;
    const char* units; ///< as UDUNITS knows them, "1" for what has none; or the label that has them, "see variable_unit"
    const char* meaning;
};
/// All variables.
std::span<const VariableText> variables();
/// The attributes of the same names, that a reader who knows UDUNITS alone may believe.
std::string units_attribute(const VariableText& variable);
/// For people.
std::string long_name(const VariableText& variable);
/// In the file's order.
std::vector<std::string> dimensions_of(const VariableText& variable);
/// Whether it is its own dimension.
bool is_coordinate(const VariableText& variable);
/// Labels that belong to one dimension, such as parameter_unit(parameter).
bool is_label(const VariableText& variable);

/// Whether a variable, "runs/outcome", has an axis of single runs.
bool is_of_runs(const std::string& full_name);

using Extents = std::map<std::string, std::size_t>; ///< length of each dimension
/// Shape of a chunk: whole along all dimensions but `run` (or `replicate` and `point`), where it is a power of two blocks, at most 16, of about an eighth of a megabyte
/// together; single variables and few cells in the trajectories, single outcomes and policies, because one of them over all runs is what is read.
std::vector<std::size_t> chunk_shape(const VariableText& variable, const Extents& extents);

/// An attribute of the root, and where it stands in memory.
struct ProvenanceText {
    const char* name;
    std::string Provenance::*member;
    const char* meaning;
};
/// All of them.
std::span<const ProvenanceText> provenance_texts();

/// Of everything that HDF5's checksums do not cover: texts and single numbers.
std::string fingerprint(const Provenance& provenance, const Summary& summary, bool complete);

} // namespace entente::store
