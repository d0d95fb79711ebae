// A sweep: factors that are not known, policies that are compared under the same of them, and where in the space of factors runs are made.
#pragma once
#include "design.hpp"

namespace entente {

/// What a sweep is asked for: an expression that analysis/quantity.hpp reads.
struct Asked {
    std::string text;
    Origin origin;
};
/// Runs are added until the 95 % interval of an outcome is this narrow, in every policy.
struct StopRule {
    std::string outcome; ///< one of the sweep's
    double half_width = 0;
    bool difference = false; ///< of the paired difference of every policy to the first, instead of the outcome itself
    Origin origin;
    Origin of_width{};
};

/// A sweep's file, read.
struct Sweep {
    std::string path; ///< the file
    std::string name; ///< its stem
    std::string title, assumes;
    std::string text; ///< verbatim
    bool has_scenario = false;
    std::vector<std::string> policy_names;
    std::vector<Scenario> policies; ///< one that is called "scenario" if the file names none; none without [scenario]
    std::vector<Factor> factors;
    std::vector<Placements> placements; ///< of each factor
    DesignChoice design;
    std::uint32_t replicates = 1; ///< per point and policy; with a stop rule: at most
    std::uint32_t least = 0;      ///< with a stop rule: replicates before it is asked
    std::vector<Asked> outcomes;
    std::vector<StopRule> stops;
};
/// A commented sweep to start from. `base`: its scenario, as seen from where it will lie.
std::string new_sweep(const std::string& name, const std::string& base);
/// Whether a file is written as a sweep, not as a scenario.
bool is_sweep(const std::string& path);
/// Reads a sweep and its scenario. Throws ScenarioErrors.
Sweep read_sweep(const std::string& path, const Overlay& overlay = {});
/// The same from text; `path` names it in messages and is where [scenario] starts from. `policies`, if there are any, are complete scenarios as TOML that
/// stand for what the text would read from other files: a result file repeats itself with them.
Sweep parse_sweep(const std::string& text, const std::string& path, const Overlay& overlay = {}, const std::vector<std::string>& policies = {});

} // namespace entente
