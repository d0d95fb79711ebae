#include "taken.hpp"
#include "../analysis/sensitivity.hpp"
#include "../analysis/survival.hpp"
#include "../calibrate/calibration.hpp"
#include "../ensemble/plan.hpp"
#include "../report/manual/completion.hpp"
#include "../report/model.hpp"
#include "../report/paper/tables.hpp"
#include "../report/thing.hpp"
#include "../store/sweep_file.hpp"
#include "command.hpp"
#include "plot.hpp"
#include <algorithm>

namespace entente::cli {

using report::ValueTaken;

namespace {

ValueTaken words(std::vector<std::string> all) { return {.words = std::move(all), .endings = {}}; }
template <class Table> ValueTaken words_of(const Table& table) { return words({std::begin(table), std::end(table)}); }
ValueTaken files(std::vector<std::string> endings) { return {.words = {}, .endings = std::move(endings)}; }
const ValueTaken folders{.words = {}, .endings = {}, .folders = true};

ValueTaken tables_of_papers(std::vector<std::string> before)
{
    for (const Stored kind : {Stored::run, Stored::sweep})
        for (const std::string& name : report::table_names(kind))
            if (std::ranges::find(before, name) == before.end()) before.push_back(name);
    return words(std::move(before));
}

ValueTaken outcome_file(std::string_view command)
{
    if (command == "plot") return files({"svg", "pdf", "png"});
    if (command == "explore") return files({"html"});
    if (command == "design" || command == "sbc") return files({"csv"});
    if (command == "new") return files({"toml", "csv"});
    if (command == "report" || command == "backtest" || command == "slurm") return folders;
    return files({"h5"});
}

} // namespace

ValueTaken value_taken(std::string_view command, std::string_view option)
{
    if (option == "out") return outcome_file(command);
    if (option == "precision") return words({"double", "single"});
    if (option == "isa") return words({"scalar", "v2", "v3", "v4"});
    if (option == "keep") return command == "sweep" ? words({"none", "outcomes"}) : words_of(keep_names);
    if (option == "parameters") return words({"priors", "posterior", "default"});
    if (command == "run" && (option == "drivers" || option == "readings" || option == "priors")) return words({"all", "none"});
    if (option == "groups") return words({"drivers", "articles"});
    if (option == "method" && command == "calibrate") return words_of(method_names);
    if (option == "method") {
        ValueTaken methods = words_of(given_method_names);
        methods.words.emplace_back("all");
        return methods;
    }
    if (option == "band") return words_of(curve_band_names);
    if (option == "event") {
        ValueTaken events;
        for (const Row& row : describe().events) events.words.emplace_back(row.name);
        return events;
    }
    if (option == "block") return words(report::model_tables());
    if (option == "columns") return words({"1", "2"});
    if (option == "csv" && command == "show") return tables_of_papers({"outcomes", "events", "shares", "summary", "points"});
    if (option == "latex" || option == "markdown") return tables_of_papers({});
    if (option == "against" && command == "diagnose") return files({"h5"});
    for (const char* const table : {"observed", "measurement", "table", "output", "trajectory", "agents"})
        if (option == table) return files({"csv"});
    if (option == "module") return files({"wasm"});
    if (option == "scenario" || option == "sweep") return files({"toml"});
    if (option == "in") return folders;
    return {};
}

std::vector<ValueTaken> places_taken(std::string_view command, std::string_view usage)
{
    if (command == "plot") {
        ValueTaken kinds;
        for (const PlotKind& kind : plot_kinds()) kinds.words.emplace_back(kind.name);
        return {files({"h5", "toml"}), kinds, files({"h5"})};
    }
    if (command == "describe") return {words(report::names_of_things())};
    if (command == "completion") return {words_of(report::shell_names)};
    if (usage.find("FILE") == std::string_view::npos && usage.find("PARTS") == std::string_view::npos && usage.find(".h5") == std::string_view::npos && usage.find(".toml") == std::string_view::npos)
        return {};
    usage = usage.substr(0, usage.find(" --")); // options follow
    ValueTaken value;
    for (const char* const ending : {"toml", "h5", "csv"})
        if (usage.find(std::string(".") + ending) != std::string_view::npos) value.endings.emplace_back(ending);
    if (value.endings.empty()) value.endings = {"toml", "h5"};
    return {value};
}

} // namespace entente::cli
