#include "layers.hpp"
#include "../core/number.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {
namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t largest_file = 1 << 20;         // a scenario is a page of text, and its tree takes a hundred times as much
constexpr std::uintmax_t largest_of_a_result = 16 << 20; // may hold the draws of a posterior, which are no tree
const std::vector<std::string> scalars = {"runs", "seed", "start", "horizon", "draw"};
const std::vector<std::string> sections = {"drivers", "parameters", "structures", "levers", "events", "pins", "agents", "index", "posterior"};
const std::vector<std::string> known_keys = {"title",      "assumes",    "extends", "runs",   "seed", "start",  "horizon", "draw",      "mute",  "drivers",
                                             "parameters", "structures", "levers",  "events", "pins", "agents", "index",   "posterior", "expect"};

std::string canonical(const std::string& path)
{
    std::error_code code;
    const fs::path p = fs::weakly_canonical(path, code);
    return code ? path : p.string();
}

/// Every given item of an array, or the problem that it is none.
std::vector<GivenValue> items(const GivenValue& given, std::string_view of, Problems& problems)
{
    std::vector<GivenValue> list;
    if (given.value->kind != TomlValue::Kind::array) problems.add(given.origin(), fmt::format("{}: an array of {}, got {}", given.name, of, got(*given.value)));
    for (const TomlValue& v : given.value->items) list.push_back(given.item(v));
    return list;
}

} // namespace

Bytes bytes_of(const std::string& path)
{
    std::error_code code;
    const fs::file_status status = fs::status(path, code);
    if (status.type() == fs::file_type::not_found) return {"", "there is no such file"};
    if (code) return {"", fmt::format("cannot be opened: {}", code.message())};
    if (fs::is_directory(status)) return {"", "a scenario file, got a directory"};
    if (!fs::is_regular_file(status)) return {"", "a scenario file, got something that is no regular file"};
    const std::uintmax_t size = fs::file_size(path, code);
    if (code) return {"", fmt::format("cannot be read: {}", code.message())};
    if (size > largest_file) return {"", fmt::format("a scenario file of up to {} bytes, got {}", largest_file, size)};
    if (size == 0) return {};
    try {
        return {read_file(path), ""};
    } catch (const std::exception& e) {
        const std::string_view what = e.what();
        return {"", std::string(what.starts_with(path + ": ") ? what.substr(path.size() + 2) : what)};
    }
}

static bool add_layer(std::deque<Layer>& layers, std::string file, std::string text, std::uintmax_t largest, Problems& problems)
{
    try {
        if (text.size() > largest) throw TomlFault(fmt::format("a scenario of up to {} bytes, got {}", largest, text.size()), 1, 1);
        TomlValue tree = parse_toml(text);
        layers.push_back({std::move(file), std::move(text), std::move(tree)});
        return true;
    } catch (const TomlFault& fault) {
        const std::string meant = slip(text, file, fault);
        problems.add({file, fault.line, fault.column}, meant.empty() ? fault.what() : meant);
        return false;
    }
}

bool add_layer(std::deque<Layer>& layers, std::string file, std::string text, Problems& problems)
{
    return add_layer(layers, std::move(file), std::move(text), largest_file, problems);
}

/// The first table that sets nothing, as one that stands alone; null if there is none.
static const TomlEntry* empty_table(const TomlValue& tree)
{
    for (const TomlEntry& e : tree.entries) {
        if (e.value.kind == TomlValue::Kind::table && e.value.entries.empty()) return &e;
        if (const TomlEntry* const inner = empty_table(e.value)) return inner;
    }
    return nullptr;
}

/// As TOML: a whole number, or anything else as a text, of which the reader then says that it is no number.
static std::string number_in_toml(const std::string& given)
{
    const auto number = number_in<std::int64_t>(given);
    return number ? fmt::format("{}", *number) : toml_text(given);
}

bool lay_over(std::deque<Layer>& over, const Overlay& overlay, Problems& problems)
{
    for (const Overlay::Option& option : overlay.options) {
        if (!add_layer(over, option.name, fmt::format("{} = {}", option.key, number_in_toml(option.value)), problems)) return false;
        for (TomlEntry& e : over.back().tree.entries) e.line = e.value.line = 0; // an option has no lines
    }
    if (!add_layer(over, overlay_name, overlay.toml, problems)) return false;
    const TomlValue& set = over.back().tree;
    if (overlay.toml.find_first_not_of(" \t\r\n") != std::string::npos && set.entries.empty())
        problems.add({overlay_name, 0, 0}, fmt::format("sets nothing, got '{}'", trim(overlay.toml.substr(0, overlay.toml.find('\n')))));
    if (const TomlEntry* const e = empty_table(set)) problems.add({overlay_name, e->line, e->column}, fmt::format("sets nothing, got '[{}]'", e->key));
    for (const Overlay::Option& option : overlay.options)
        if (const TomlEntry* const e = over.back().tree.find(option.key))
            problems.add({overlay_name, e->line, e->column}, fmt::format("{}: is set by {} already", e->key, option.name));
    return true;
}

bool load(std::deque<Layer>& layers, const std::string& text, const std::string& path, Reach reach, Problems& problems)
{
    if (!add_layer(layers, path, text, reach == Reach::itself ? largest_of_a_result : largest_file, problems)) return false;
    std::vector<std::string> seen = {canonical(path)};
    while (const TomlEntry* e = layers.back().tree.find("extends")) {
        const GivenValue given{&e->value, layers.back().file, "extends", e->line, e->column};
        const auto name = read_text(given, problems);
        if (reach == Reach::itself) problems.add(given.origin(), "extends: a result's scenario is whole and extends nothing");
        if (!name || reach == Reach::itself) return false;
        const std::string next = (fs::path(given.file).parent_path() / *name).lexically_normal().string();
        const std::string identity = canonical(next);
        if (std::find(seen.begin(), seen.end(), identity) != seen.end()) {
            std::vector<std::string> circle;
            for (const Layer& layer : layers) circle.push_back(layer.file);
            circle.push_back(next);
            problems.add(given.origin(), fmt::format("extends: a file that does not lead back here, got {}", fmt::join(circle, " -> ")));
            return false;
        }
        seen.push_back(identity);
        Bytes bytes = bytes_of(next);
        if (!bytes.fault.empty()) {
            problems.add(given.origin(), fmt::format("extends: {}: {}", next, bytes.fault));
            return false;
        }
        if (!add_layer(layers, next, std::move(bytes.text), problems)) return false;
    }
    return true;
}

/// A file that names a posterior draws from it, whatever the files that it extends draw from.
static void forget_other_draws(Merged& all, const Layer& layer)
{
    const TomlEntry* const parameters = layer.tree.find("parameters");
    if (!layer.tree.find("posterior") && !(parameters && parameters->value.find("from"))) return;
    all.sections["posterior"].clear();
    all.sections["parameters"].erase("from");
    const auto draw = all.top.find("draw");
    if (draw != all.top.end() && !draw->second.file.starts_with("--")) all.top.erase(draw);
}

void merge(Merged& all, const Layer& layer, Role role, Problems& problems)
{
    forget_other_draws(all, layer);
    for (const char* required : {"title", "assumes"}) {
        const TomlEntry* e = layer.tree.find(required);
        const std::string_view meaning = std::string_view(required) == "title" ? "what the scenario is" : "who assumes it, from which article";
        if (!e && role != Role::overlay) problems.add({layer.file, 1, 1}, fmt::format("{} is missing: {}", required, meaning));
        if (!e) continue;
        const GivenValue given{&e->value, layer.file, required, e->line, e->column};
        if (read_text(given, problems) && role != Role::extended) all.top[required] = given;
    }
    for (const TomlEntry& e : layer.tree.entries) {
        const GivenValue given{&e.value, layer.file, e.key, e.line, e.column};
        if (std::find(scalars.begin(), scalars.end(), e.key) != scalars.end()) {
            all.top[e.key] = given;
        } else if (std::find(sections.begin(), sections.end(), e.key) != sections.end()) {
            if (e.value.kind != TomlValue::Kind::table) problems.add(given.origin(), fmt::format("{}: a table, got {}", e.key, got(e.value)));
            for (const TomlEntry& inner : e.value.entries) all.sections[e.key][inner.key] = given.entry(inner, inner.key);
        } else if (e.key == "mute") {
            const std::vector<GivenValue> names = items(given, "names", problems);
            all.mutes.insert(all.mutes.end(), names.begin(), names.end());
        } else if (e.key == "expect") {
            const std::vector<GivenValue> tables = items(given, "tables [[expect]]", problems);
            if (role != Role::extended) all.expectations.insert(all.expectations.end(), tables.begin(), tables.end());
        } else if (e.key == "extends" && role == Role::overlay) {
            problems.add(given.key(), "extends: only a file extends another");
        } else if (std::find(known_keys.begin(), known_keys.end(), e.key) == known_keys.end()) {
            const std::string elsewhere = known_elsewhere(e.key);
            problems.add(given.key(), fmt::format("unknown key '{}'{}", e.key, elsewhere.empty() ? did_you_mean(e.key, known_keys) : elsewhere));
        }
    }
}

bool has_sweep_tables(const TomlValue& tree)
{
    return std::ranges::any_of(std::array{"scenario", "factor", "policy", "design", "outcomes", "stop"}, [&](const char* key) { return tree.find(key) != nullptr; });
}

} // namespace entente
