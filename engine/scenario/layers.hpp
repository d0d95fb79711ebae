// The files of a scenario, and what they come to when the later has the last word.
#pragma once
#include "reading.hpp"
#include <array>
#include <deque>
#include <utility>

namespace entente {

struct Layer {
    std::string file, text;
    TomlValue tree;
};
/// One entry per key, from the file that has the last word. The entries point into the layers.
struct Merged {
    Section top;
    std::map<std::string, Section> sections;
    std::vector<GivenValue> mutes, expectations;
};
/// The bytes of a file, or why there are none.
struct Bytes {
    std::string text, fault;
};
enum class Role : std::uint8_t { scenario, extended, overlay };

inline constexpr const char* overlay_name = "--set"; ///< what messages call the command line's layer
/// Never throws.
Bytes bytes_of(const std::string& path);
/// Parses one text and adds it to the layers; false if it is not TOML.
bool add_layer(std::deque<Layer>& layers, std::string file, std::string text, Problems& problems);
/// What a text that is not TOML was meant to be, or lacks; "" if that cannot be told, and then the fault's own words have to do.
std::string slip(const std::string& text, const std::string& file, const TomlFault& fault);
/// Adds what the command line lays over a scenario: its options, then the lines of --set, which may not set the same again; false if one is not TOML.
bool lay_over(std::deque<Layer>& over, const Overlay& overlay, Problems& problems);
/// What a text may read: other files, or nothing, since it came with a result from anywhere and is whole.
enum class Reach : std::uint8_t { files, itself };
/// Adds a scenario and what it extends, the scenario first; false if one of them cannot be had.
bool load(std::deque<Layer>& layers, const std::string& text, const std::string& path, Reach reach, Problems& problems);
/// The scenario that `layers` (the scenario first, then what it extends) and what is laid over them come to. `elsewhere`: section and name of what a sweep
/// sets in their stead. Of `overlay` what is no layer counts.
Scenario build_scenario(const std::deque<Layer>& layers, const std::deque<Layer>& over, const Overlay& overlay, const std::vector<std::array<std::string, 2>>& elsewhere, Problems& problems);
/// Sets what the scenario draws together, if it does: what `[parameters] from` names, or the draws of [posterior] in a resolved text.
void set_joint(Scenario& scenario, Merged& all, const Overlay& overlay, Problems& problems);
/// Parameters that mean nothing in another order: a window that closes before it opens, a class without room, a level of support above the next.
inline constexpr std::pair<std::string_view, std::string_view> ordered_parameters[] = {{"window_opens", "window_closes"}, {"transactional_least", "alignment_least"}, {"level_low", "level_middle"}};
/// The section to which a name belongs: "levers"; "pins" for a variable; "" for what no section sets.
std::string section_of(std::string_view name);
/// "; it belongs to [levers]", or what else bears the name; "" if nothing does.
std::string known_elsewhere(std::string_view name);
/// For a name that is unknown where it stands: where it is known, or what was meant.
std::string hint(std::string_view name, const std::vector<std::string>& candidates);
/// In their order.
std::vector<std::string> names_of(const std::vector<Row>& rows);
/// Whether a parameter is a weight or threshold of the outcome.
bool in_index(const Description& d, std::size_t parameter);
/// The row of a table that an entry names, or npos with a problem that says where else the name is known.
std::size_t row_of(const GivenValue& given, const std::vector<Row>& rows, std::string_view kind, Problems& problems);
/// Whether it has one of the tables that only a sweep has.
bool has_sweep_tables(const TomlValue& tree);
/// Lays a file over what there is.
void merge(Merged& all, const Layer& layer, Role role, Problems& problems);

} // namespace entente
