#include "provenance.hpp"
#include "../core/text.hpp"
#include "../version.hpp"
#include <algorithm>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <stdexcept>
#include <unistd.h>

namespace entente {

static constexpr const char* policy_mark = "# policy: ";

Provenance provenance_of(const Scenario& scenario, const EnsembleOptions& options, const std::string& command_line)
{
    const Build& b = build();
    const Kernel kernel = choose_kernel(options.precision, options.isa);
    char host[256] = "unknown";
    gethostname(host, sizeof host - 1);
    Provenance p;
    p.scenario_name = scenario.name, p.scenario_title = scenario.title;
    for (std::size_t f = 0; f < scenario.files.size(); ++f) p.scenario_text += fmt::format("# file: {}\n{}\n", scenario.files[f], scenario.texts[f]);
    p.scenario_resolved = resolved_toml(scenario);
    p.engine_version = b.version, p.engine_commit = b.commit, p.engine_sources = b.sources;
    p.compiler = b.compiler, p.flags = b.flags, p.libraries = b.libraries;
    p.precision = kernel.precision, p.isa = kernel.isa, p.keep = keep_names[static_cast<std::size_t>(options.keep)];
    p.command_line = command_line, p.host = host;
    p.created_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
    p.seed = scenario.seed, p.runs = scenario.runs;
    return p;
}

std::string without_origins(const std::string& resolved)
{
    std::string bare;
    for (const std::string& line : split(resolved, '\n')) {
        if (line.starts_with("title") || line.starts_with("assumes")) continue;
        const std::string_view said = trim(std::string_view(line).substr(0, line.find(" # ")));
        if (!said.empty() && !said.starts_with('#')) bare.append(said).append("\n");
    }
    return bare;
}

std::string resolved_policies(const std::vector<std::string>& names, const std::vector<Scenario>& policies)
{
    std::string all;
    for (std::size_t k = 0; k < policies.size(); ++k) all += fmt::format("{}{}\n{}\n", policy_mark, names[k], resolved_toml(policies[k]));
    return all;
}

std::vector<std::string> policies_in(const std::string& resolved)
{
    std::vector<std::string> all;
    for (const std::string& line : split(resolved, '\n')) {
        if (line.starts_with(policy_mark)) all.emplace_back();
        else if (!all.empty()) all.back() += line + "\n";
    }
    return all;
}

Keep keep_of(const std::string& name)
{
    const auto at = std::ranges::find(keep_names, name);
    if (at == std::end(keep_names)) throw std::invalid_argument(fmt::format("keep: none, outcomes, trajectories or agents, got '{}'", name));
    return static_cast<Keep>(at - std::begin(keep_names));
}

bool keeps_single_runs(const Provenance& p) { return p.keep != keep_names[static_cast<std::size_t>(Keep::none)]; }

const std::string& title_of(const Provenance& p) { return p.scenario_title.empty() ? p.scenario_name : p.scenario_title; }

} // namespace entente
