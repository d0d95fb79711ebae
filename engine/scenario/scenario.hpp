// A scenario: what a TOML file and the files it extends come to, with every default taken. A const value that the rest of the engine reads.
#pragma once
#include "../model/kernel.hpp"
#include "joint.hpp"
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace entente {

inline constexpr std::uint32_t most_runs = 1'000'000'000; ///< of a scenario, or replicates of a sweep

/// Where a value comes from; an empty file means the engine's default.
struct Origin {
    std::string file;
    std::uint32_t line = 0, column = 0;
};

enum class Shape : std::uint8_t { value, uniform, log_uniform, normal, log_normal, beta, table };
enum class Cut : std::uint8_t { none, limit, truncate }; ///< limit: values outside are moved to the bound; truncate: they do not occur
/// value a | uniform [a, b] | log_uniform [a, b] | normal mean a sd b | log_normal median a, sd of the logarithm b | beta a, b on [low, high] | table.
struct Distribution {
    Shape shape = Shape::value;
    double a = 0, b = 0;
    Cut cut = Cut::none;
    double low = 0, high = 1;            ///< bounds of the cut; of beta
    std::vector<double> values, weights; ///< of a table; weights sum to one
    friend bool operator==(const Distribution&, const Distribution&) = default;
};
/// The value at probability u in (0, 1): one that is given, alone or in a table, exactly, so that a threshold of .4 is .4; one that is drawn rounded to single
/// precision, so that both precisions and the result file hold the same number. The same bits on every machine.
double quantile(const Distribution& distribution, double u);
/// The same of many probabilities: `to` has as many values as `u`.
void quantiles(const Distribution& distribution, std::span<const double> u, std::span<double> to);
/// "log_normal(0.3, 0.25)".
std::string to_text(const Distribution& distribution);

/// How a parameter is set or drawn, and where that is said.
struct ParameterSetting {
    Distribution distribution;
    Origin origin;
};
/// Parameters that a scenario draws together. Each run takes one of the draws for all of them, whatever their own distributions say.
struct JointSetting {
    JointDraws draws;                    ///< values in single precision
    std::vector<std::size_t> parameters; ///< row of describe().parameters for each name
    std::string file;                    ///< that the draws came from; "" if they stand in the scenario's own text
    Origin origin;
    std::vector<std::string> set_aside; ///< names of the file's other parameters, which the scenario sets itself
};
/// Which answers a structure has, and where that is said.
struct StructureSetting {
    std::vector<double> weights; ///< one per alternative, sum 1
    Origin origin;
};
/// A mechanism or switch that is off.
struct Mute {
    std::string name;
    Origin origin;
};
/// What the scenario expects: of a quantity itself that it lies within bounds, or of its difference to another scenario, as a rule the one that is extended,
/// that it has a sign.
struct Expectation {
    std::string quantity;              ///< see analysis/quantity.hpp: "mean alignment_index at 2045Q1"
    int sign = 0;                      ///< of the difference: +1, -1; 0: reported without a direction
    std::optional<double> least, most; ///< of the quantity; neither: of its difference
    Origin origin;                     ///< of the quantity
    Origin at_least{}, at_most{};      ///< of the bounds
    bool of_difference() const { return !least && !most; }
};
/// What is imposed, and where that is said.
struct CourseSetting {
    Course course;
    Origin origin;
    bool history = false; ///< from the engine's history table
};

/// Dials of the four drivers, in the order of `drivers`: 0 low, .5 as the model has it, 1 high.
using Dials = std::array<double, 4>;
inline constexpr double dial_at_rest = 0.5;

/// A const value: everything that runs hang on.
struct Scenario {
    std::string name; ///< the file's stem
    std::string title, assumes;
    std::vector<std::string> files;           ///< read, the scenario itself first, then what it extends
    std::vector<std::string> texts;           ///< verbatim, one per file
    bool draw_priors = true;                  ///< false: every parameter not set by a file stands at its default
    std::vector<ParameterSetting> parameters; ///< one per row of describe().parameters
    JointSetting joint;                       ///< what stands above them; no names: nothing does
    std::vector<StructureSetting> structures; ///< one per row of describe().structures
    std::vector<CourseSetting> courses;       ///< history, levers, forced events, pins
    Dials dials{dial_at_rest, dial_at_rest, dial_at_rest, dial_at_rest};
    std::vector<bool> muted_mechanisms, muted_switches;
    std::vector<Mute> mutes;
    std::vector<Expectation> expectations;
    int start = 44, horizon = 143; ///< first quarter of the free world, last quarter simulated
    Counts counts;
    std::uint64_t seed = 1;
    std::uint32_t runs = 10000;
    std::map<std::string, Origin> origins; ///< of title, assumes, start, horizon, draw, seed, runs, firms, banks, elites where a file sets them

    Point point() const; ///< the courses alone
};

/// Writes one quarter of a course, and reads it.
void impose(Course& course, int quarter, Imposition how, double value);
/// What a course imposes in a quarter; nothing beyond its end.
Imposition imposition(const Course& course, int quarter);
/// Whether runs of the scenario differ in a parameter, before any dial moves it.
bool is_drawn(const Scenario& scenario, std::size_t parameter);
/// The value at probability u of what runs draw of a parameter, together with others or by itself.
double drawn_quantile(const Scenario& scenario, std::size_t parameter, double u);
/// What runs draw it from: "log_normal(0.3, 0.25)", "posterior(0.31, 0.22 to 0.4)" with median and 5 to 95 %.
std::string drawn_text(const Scenario& scenario, std::size_t parameter);
/// A parameter stands at a value, whatever drew it.
void hold_parameter(Scenario& scenario, std::size_t parameter, double value);
/// The scenario as it is without a posterior.
Scenario with_priors(Scenario scenario);

/// One thing wrong with a file. Printed as `file:line:col: message`.
struct Problem {
    Origin where;
    std::string message;
};
/// Thrown with every problem at once, sorted by place.
struct ScenarioErrors : std::exception {
    std::vector<Problem> problems;
    std::string text; ///< one line per problem
    /// Sorts them.
    explicit ScenarioErrors(std::vector<Problem> found);
    const char* what() const noexcept override { return text.c_str(); }
};

/// What the command line or a test lays over a file, as if a file extended it.
struct Overlay {
    /// An option of the command line that sets a key.
    struct Option {
        std::string name, key, value; ///< as messages name it ("--seed"), what it sets ("seed"), to what
    };
    std::string toml;                ///< read after the file; its origin is named "--set" in messages
    bool parameters_default = false; ///< --parameters default
    std::vector<Option> options{};   ///< read before it, and not to be set there again
    JointReader joint{};             ///< opens what `[parameters] from` names
};
/// Reads a scenario and what it extends. Throws ScenarioErrors.
Scenario read_scenario(const std::string& path, const Overlay& overlay = {});
/// The same from text; `path` names it in messages and is where `extends` starts from.
Scenario parse_scenario(const std::string& text, const std::string& path, const Overlay& overlay = {});
/// From a text that resolved_toml() gave: it extends nothing, and no other file is read, whatever it says.
Scenario parse_resolved(const std::string& text, const std::string& path);
/// What is odd about a scenario and yet no fault.
std::vector<Problem> oddities(const Scenario& scenario);
/// The scenario as one TOML file without `extends`, every default written out, each line with where its value comes from. Reading it again gives
/// the same scenario.
std::string resolved_toml(const Scenario& scenario);
/// A commented file to start from; it passes `check`.
std::string new_scenario(const std::string& name);

} // namespace entente
