#include "calibration.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../scenario/layers.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <stdexcept>

namespace entente {

namespace {

using Kind = TomlValue::Kind;
constexpr const char* all_informed = "informed";

/// A file that another names, as seen from there; nothing after a problem.
std::optional<std::string> path_beside(const GivenValue& given, const std::string& file, Problems& problems)
{
    const auto name = read_text(given, problems);
    return name ? std::optional((std::filesystem::path(file).parent_path() / *name).lexically_normal().string()) : std::nullopt;
}
std::optional<std::string> text_of_file(const GivenValue& given, const std::string& path, Problems& problems)
{
    Bytes bytes = bytes_of(path);
    if (bytes.fault.empty()) return std::move(bytes.text);
    problems.add(given.origin(), fmt::format("{}: {}: {}", given.name, path, bytes.fault));
    return std::nullopt;
}

/// Problems of another file, told with those of this one.
template <class Read> bool told(Problems& problems, Read read)
{
    try {
        read();
        return true;
    } catch (const ScenarioErrors& e) {
        for (const Problem& p : e.problems) problems.add(p.where, p.message);
        return false;
    }
}

void read_scenario_of(Calibration& c, const GivenValue& given, const Overlay& overlay, Problems& problems)
{
    const auto path = path_beside(given, c.path, problems);
    if (!path || !text_of_file(given, *path, problems)) return;
    Overlay over = overlay;
    over.toml = "draw = \"priors\"\n" + over.toml; // what is to be learned is not known yet
    told(problems, [&] { c.scenario = read_scenario(*path, over); });
}

void read_targets_of(Calibration& c, const GivenValue& measurement, const GivenValue& observations, Problems& problems)
{
    const auto equations = path_beside(measurement, c.path, problems), values = path_beside(observations, c.path, problems);
    if (!equations || !values) return;
    const auto equations_text = text_of_file(measurement, *equations, problems), values_text = text_of_file(observations, *values, problems);
    if (!equations_text || !values_text) return;
    told(problems, [&] { c.targets = read_targets({*equations_text, *equations}, {*values_text, *values}, 0, c.scenario.horizon); });
    c.text += c.text.ends_with('\n') ? "" : "\n";
    for (const std::string& line : split(*equations_text, '\n'))
        if (!line.empty()) c.text += "# " + line + "\n";
}

/// The numbers of the rows that an array names.
std::vector<std::size_t> read_rows(const GivenValue& given, const std::vector<Row>& rows, const char* kind, Problems& problems)
{
    std::vector<std::size_t> all;
    if (given.value->kind != Kind::array) problems.add(given.origin(), fmt::format("{}: an array of names, got {}", given.name, got(*given.value)));
    for (const TomlValue& v : given.value->items) {
        const auto name = read_text(given.item(v), problems);
        if (!name) continue;
        const std::size_t at = Description::find(rows, *name);
        if (at == Description::npos) problems.add(given.item(v).origin(), fmt::format("{}: unknown {} '{}'{}", given.name, kind, *name, hint(*name, names_of(rows))));
        else if (std::ranges::find(all, at) != all.end()) problems.add(given.item(v).origin(), fmt::format("{}: '{}' is there already", given.name, *name));
        else all.push_back(at);
    }
    return all;
}

void read_learned_parameters(Calibration& c, const GivenValue& given, Problems& problems)
{
    if (given.value->kind == Kind::text && given.value->text == all_informed) {
        for (const Observation& o : c.targets.observations)
            if (o.fitted)
                for (const std::size_t p : c.targets.measurements[o.measurement].identifies)
                    if (std::ranges::find(c.parameters, p) == c.parameters.end()) c.parameters.push_back(p);
        std::ranges::sort(c.parameters);
    } else if (given.value->kind == Kind::text)
        problems.add(given.origin(), fmt::format("{}: an array of names, or \"{}\": all that measurement equations of fitted targets name, got {}{}", given.name, all_informed,
                                                 got(*given.value), did_you_mean(given.value->text, {all_informed})));
    else c.parameters = read_rows(given, describe().parameters, "parameter", problems);
    if (!problems.list.empty()) return;
    for (const std::size_t p : c.parameters)
        if (c.scenario.parameters[p].distribution.shape == Shape::value)
            problems.add(given.origin(), fmt::format("{}: {} has no prior: {}", given.name, describe().parameters[p].name,
                                                     c.scenario.parameters[p].origin.file.empty() ? "the model holds it fixed" : "the scenario sets it to one value"));
}

void read_learned(Calibration& c, const GivenValue& given, Problems& problems)
{
    only_keys(given, {"parameters", "structures"}, problems);
    if (const auto g = entry_of(given, "parameters")) read_learned_parameters(c, *g, problems);
    if (const auto g = entry_of(given, "structures")) c.structures = read_rows(*g, describe().structures, "structure", problems);
    if (problems.list.empty() && c.parameters.empty()) problems.add(given.origin(), "learn: parameters: one or more");
}

void read_sampler(Calibration& c, const GivenValue& given, Problems& problems)
{
    only_keys(given, {"method", "seed", "chains", "particles", "draws", "least_acceptance", "most_runs"}, problems);
    if (const auto g = entry_of(given, "method")) {
        const std::vector<std::string> names(std::begin(method_names), std::end(method_names));
        const std::string name = read_text(*g, problems).value_or(names[0]);
        const auto at = std::ranges::find(names, name);
        if (at == names.end()) problems.add(g->origin(), fmt::format("{}: {}, got '{}'{}", g->name, fmt::join(names, ", "), name, did_you_mean(name, names)));
        else c.method = static_cast<Method>(at - names.begin());
    }
    const auto whole = [&](const char* key, std::int64_t low, std::int64_t high, auto& into) {
        if (const auto g = entry_of(given, key))
            if (const auto n = read_whole(*g, low, high, problems)) into = static_cast<std::remove_reference_t<decltype(into)>>(*n);
    };
    whole("seed", 0, std::numeric_limits<std::int64_t>::max(), c.scenario.seed);
    whole("chains", 2, most_chains, c.chains);
    whole("particles", least_particles, most_particles, c.particles);
    whole("draws", 50, most_particles, c.draws);
    if (const auto g = entry_of(given, "least_acceptance")) {
        c.least_acceptance = read_number(*g, 0, 1, problems).value_or(0.02);
        if (c.least_acceptance == 0 || c.least_acceptance == 1) problems.add(g->origin(), fmt::format("{}: between 0 and 1, got {}", g->name, c.least_acceptance));
    }
    whole("most_runs", 1000, 1'000'000'000'000, c.most_runs);
}

int last_year(const Calibration& c)
{
    int last = 0;
    for (const Observation& o : c.targets.observations) last = std::max(last, o.to);
    return first_year + last / 4;
}

void read_fit_to(Calibration& c, const GivenValue& given, Problems& problems)
{
    const auto year = read_whole(given, first_year, last_year(c), problems);
    if (!year || !problems.list.empty()) return;
    try {
        c = fitted_to(std::move(c), *year);
    } catch (const std::invalid_argument& e) {
        problems.add(given.origin(), fmt::format("fit_to: {}", e.what()));
    }
}

} // namespace

Calibration fitted_to(Calibration calibration, std::int64_t year)
{
    if (year < first_year || year > last_year(calibration)) throw std::invalid_argument(fmt::format("a year from {} to {}, got {}", first_year, last_year(calibration), year));
    const int last = (static_cast<int>(year) - first_year) * 4 + 3;
    std::size_t fitted = 0;
    for (Observation& o : calibration.targets.observations) fitted += (o.fitted = o.fitted && o.to <= last) ? 1 : 0;
    if (fitted == 0) throw std::invalid_argument(fmt::format("nothing that is to be fitted was observed up to {}", quarter_name(last)));
    return calibration;
}

std::vector<Parameter> learned(const Calibration& calibration)
{
    std::vector<Parameter> all;
    for (const std::size_t p : calibration.parameters) all.push_back({std::string(describe().parameters[p].name), calibration.scenario.parameters[p].distribution});
    for (const std::size_t s : calibration.structures) {
        const std::size_t answers = calibration.scenario.structures[s].weights.size();
        Distribution prior{.shape = Shape::table, .values = {}, .weights = std::vector<double>(answers, 1.0 / static_cast<double>(answers))};
        for (std::size_t a = 0; a < answers; ++a) prior.values.push_back(static_cast<double>(a));
        all.push_back({std::string(describe().structures[s].name), std::move(prior)});
    }
    return all;
}

bool is_calibration(const std::string& path)
{
    Problems ignored;
    std::deque<Layer> layers;
    const Bytes bytes = bytes_of(path);
    return bytes.fault.empty() && add_layer(layers, path, bytes.text, ignored) && layers[0].tree.find("learn") != nullptr;
}

Calibration read_calibration(const std::string& path, const Overlay& overlay)
{
    const Bytes bytes = bytes_of(path);
    if (!bytes.fault.empty()) throw ScenarioErrors({{{path, 0, 0}, bytes.fault}});
    Problems problems;
    std::deque<Layer> own;
    if (!add_layer(own, path, bytes.text, problems)) throw ScenarioErrors(problems.list);
    const TomlValue& tree = own[0].tree;
    const GivenValue whole{&tree, path, "calibration", 1, 1};
    Calibration c;
    c.path = path, c.name = std::filesystem::path(path).stem().string(), c.text = bytes.text;
    only_keys(whole, {"title", "assumes", "scenario", "targets", "measurement", "fit_to", "learn", "sampler"}, problems);
    const auto given = [&](const char* key) -> std::optional<GivenValue> {
        const TomlEntry* const e = tree.find(key);
        return e ? std::optional(GivenValue{&e->value, path, key, e->line, e->column}) : std::nullopt;
    };
    for (const auto& [key, into] : {std::pair{"title", &c.title}, std::pair{"assumes", &c.assumes}})
        if (const auto g = given(key)) *into = read_text(*g, problems).value_or("");
    for (const auto& [key, what] : {std::pair{"scenario", "the scenario whose known years are run"}, std::pair{"targets", "the table of what was observed"},
                                    std::pair{"measurement", "the table of measurement equations"}, std::pair{"learn", "what is to be learned"}})
        if (!given(key) && !is_mistyped(whole, key)) problems.add({path, 1, 1}, fmt::format("{} is missing: {}", key, what));
    if (!problems.list.empty()) throw ScenarioErrors(problems.list);
    for (const char* table : {"learn", "sampler"})
        if (const auto g = given(table); g && g->value->kind != Kind::table) problems.add(g->origin(), fmt::format("{0}: a table [{0}], got {1}", table, got(*g->value)));
    read_scenario_of(c, *given("scenario"), overlay, problems);
    if (problems.list.empty()) read_targets_of(c, *given("measurement"), *given("targets"), problems);
    if (!problems.list.empty()) throw ScenarioErrors(problems.list);
    if (const auto g = given("fit_to")) read_fit_to(c, *g, problems);
    read_learned(c, *given("learn"), problems);
    if (const auto g = given("sampler")) read_sampler(c, *g, problems);
    if (!problems.list.empty()) throw ScenarioErrors(problems.list);
    int last = 3; // a year, the shortest that the model runs
    for (const Observation& o : c.targets.observations) last = std::max(last, o.to);
    c.scenario.horizon = last;
    if (c.targets.observations.empty()) throw ScenarioErrors({{given("targets")->origin(), "targets: nothing was observed"}});
    if (std::ranges::none_of(c.targets.observations, &Observation::fitted)) throw ScenarioErrors({{given("targets")->origin(), "targets: none of them is to be fitted"}});
    return c;
}

} // namespace entente
