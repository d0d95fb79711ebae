// A sweep: factors that are not known, policies that are compared under the same of them, and where in the space of factors runs are made.
#pragma once
#include "scenario.hpp"
#include <functional>

namespace entente {

/// One thing that a sweep varies. A value of it is a double: the number itself, a quarter (0 is 2014Q1), or the number of a choice.
struct Factor {
    enum class Kind : std::uint8_t { number, whole, date, choice };
    std::string name;
    Kind kind = Kind::number;
    Distribution distribution;        ///< of a number without levels
    std::vector<double> levels;       ///< of a number, if the file lists them; rising or as listed
    double low = 0, high = 0;         ///< of a whole number or date: inclusive; of a number: least and greatest value it takes (may be infinite)
    std::vector<std::string> choices; ///< of a choice: texts
    Origin origin;
};
/// Number of values that it takes; 0 if they are a continuum.
std::size_t level_count(const Factor& factor);
/// The value at probability u in [0, 1]: of a continuum the quantile (0 and 1 only where the distribution is bounded), else the level in whose share u falls.
double value_at(const Factor& factor, double u);
/// Whether it has a least and a greatest value, so that value_at knows what u = 0 and u = 1 mean. Only bells that are not cut have none.
bool is_bounded(const Factor& factor);
/// The probability in the middle of the share of level 0 ... level_count - 1: there value_at gives that level.
double level_middle(const Factor& factor, std::size_t level);
/// The value as a scenario or table has it: "0.4", "2031Q1", "pawn". A drawn number is the shortest text of the same single-precision number, a
/// listed one of the same double-precision number.
std::string value_text(const Factor& factor, double value);

/// What a factor's value does to a scenario.
struct Placement {
    enum class Kind : std::uint8_t { nothing, parameter, structure, course };
    Kind kind = Kind::nothing;
    std::string sets = {};                     ///< what that is, "levers.western_carrot"; empty without a scenario
    std::size_t index = 0;                     ///< of a parameter or structure in the description
    std::vector<float> codes = {};             ///< of a structure: which alternative each choice is
    std::function<Course(double)> course = {}; ///< of a lever, event or pin: what the value imposes
};

/// How points are laid into the space of factors.
struct DesignChoice {
    enum class Kind : std::uint8_t { factorial, one_at_a_time, latin_hypercube, sobol, saltelli, morris, table };
    Kind kind = Kind::factorial;
    std::uint32_t points = 0;  ///< latin_hypercube, sobol: points; saltelli: base points; morris: trajectories
    std::uint32_t levels = 5;  ///< factorial, one_at_a_time: of a continuum; morris: of the grid, even
    bool second_order = false; ///< saltelli: the rows for interactions of pairs too
    std::uint64_t seed = 1;
    std::string table; ///< path of a CSV with a column for each factor
    Origin origin;
};

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
};

/// As files name them, in the order of DesignChoice::Kind.
const std::vector<std::string>& design_kinds();

struct Sweep {
    std::string path; ///< the file
    std::string name; ///< its stem
    std::string title, assumes;
    std::string text; ///< verbatim
    bool has_scenario = false;
    std::vector<std::string> policy_names;
    std::vector<Scenario> policies; ///< one that is called "scenario" if the file names none; none without [scenario]
    std::vector<Factor> factors;
    std::vector<Placement> placements; ///< one per factor
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
