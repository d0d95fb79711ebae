#include "scenario/scenario.hpp"
#include "targets.hpp"
#include <optional>

// A scenario's file. What is accepted says the same when its resolved text is read again.
void entente::fuzz::scenario(std::string_view bytes)
{
    std::optional<Scenario> read;
    try {
        read = parse_scenario(std::string(bytes), SOURCE_DIR "/tests/fuzz/corpus/scenario/fuzzed.toml");
    } catch (const ScenarioErrors& refused) {
        require(!refused.problems.empty(), "what is refused has a problem");
        return;
    }
    const Scenario again = parse_scenario(resolved_toml(*read), "resolved.toml");
    require(again.runs == read->runs && again.seed == read->seed && again.start == read->start && again.horizon == read->horizon, "a resolved scenario is the same");
    require(again.parameters.size() == read->parameters.size() && again.courses.size() == read->courses.size(), "a resolved scenario has the same settings");
}
