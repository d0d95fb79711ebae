// The model as the rest of the engine sees it: plain numbers in, plain numbers out, whichever instruction set computes them.
#pragma once
#include "../core/calls.hpp"
#include "../core/row.hpp"
#include "../core/run_sum.hpp"
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

inline constexpr int first_year = 2014; ///< quarter 0 is 2014Q1
inline constexpr int outcome_classes = 5, orientations = 3;
inline constexpr std::string_view class_names[outcome_classes] = {"rupture", "estrangement", "transactional", "alignment", "alliance"};
inline constexpr std::string_view orientation_names[orientations] = {"autonomous", "vassal", "western_turn"};
/// The order in which tables and lists have them: from alliance to rupture, from the West to China.
inline constexpr int class_order[outcome_classes] = {4, 3, 2, 1, 0}, orientation_order[orientations] = {2, 0, 1};
/// An outcome code is class + 8 x orientation.
constexpr int class_of(std::uint8_t code) { return code & 7; }
/// 0 autonomous, 1 vassal, 2 western_turn.
constexpr int orientation_of(std::uint8_t code) { return code >> 3; }

/// What a page says of itself, and which rows are its own: `first_...` is the index of the first in the description's lists.
struct MechanismText {
    std::string_view name, title, group, claims, agents;
    std::uint32_t blocks, stream; ///< random addresses per agent and quarter; the stream's number
    std::size_t first_parameter, parameters, first_variable, variables, first_column, columns;
    bool history_never_muted;
};

/// Every table of the model. `variables` are the owned ones, then the derived ones (`owned` says where they begin); indices into these lists are
/// how the rest of the engine names things to the kernel.
struct Description {
    std::vector<MechanismText> mechanisms;
    std::vector<Row> parameters, variables, columns, levers, forced, structures, switches, events;
    std::size_t owned = 0;

    /// Index of the row of this name, or npos.
    static std::size_t find(const std::vector<Row>& rows, std::string_view name);
    /// Index of the page of this name, or npos.
    std::size_t mechanism(std::string_view name) const;
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    /// Index of the page that owns it.
    std::size_t owner_of_parameter(std::size_t parameter) const;
    /// Index of the page that owns it, or npos of a derived quantity.
    std::size_t owner_of_variable(std::size_t variable) const;
};
/// Made at the first call.
const Description& describe();

/// What a page reads, by number in the description's lists. Of variables: the values at the start of the quarter; outcome's, those at its end too.
struct Reads {
    std::vector<bool> variables, parameters, levers, forced, structures, switches;
};
/// By mechanism: noted while every line of the pages was carried out.
const std::vector<Reads>& reads_of_pages();

/// What is imposed on one thing over time. History, levers and forced events are all of this kind.
enum class Target : std::uint8_t { lever, forced, variable };
enum class Imposition : std::uint8_t { none, set, hold, add }; ///< hold: the variable stays what it was; add: shifted after the mechanisms
/// A level of a lever, or a forced event, that waits for something in its run. A quarter reads the world as it stood at its start, so what happens in a quarter is
/// known in the next one.
struct Wait {
    enum class For : std::uint8_t { event, while_beyond, once_beyond };
    For what = For::event;
    std::size_t index = 0; ///< of the event, or of the variable that is or was once beyond the line
    bool above = true;     ///< or else below
    double line = 0;
    int quarters = 1;     ///< after the one in which the event happened, or at whose end the variable was first beyond the line; from 1 on
    int lasts = 0;        ///< so many quarters; 0: to the end
    int from = 0, to = 0; ///< not before and not after these quarters
    double value = 0;
    bool operator==(const Wait&) const = default;
};
/// `waits` are laid over the path, a later one over an earlier one. They wait in the free world alone, and variables do not wait.
struct Course {
    Target target = Target::lever;
    std::size_t index = 0;       ///< in the description's list
    std::vector<Imposition> how; ///< by quarter from 2014Q1; quarters beyond the end: none
    std::vector<double> value;   ///< the same length
    std::vector<Wait> waits{};
};
/// Whether it imposes nothing whatever happens.
inline bool is_idle(const Course& course) { return course.how.empty() && course.waits.empty(); }
/// The time paths of one design point. A course on a variable acts after all mechanisms of the quarter, and is read a quarter later; one on a
/// lever or forced event is read in its quarter.
struct Point {
    std::vector<Course> courses;
    const Point* under = nullptr; ///< whose courses come first: what many points have in common
};

/// One block of runs. Runs may belong to different points.
struct Job {
    std::uint64_t seed = 1;
    std::uint32_t quarters = 144; ///< simulated, from 2014Q1
    std::uint32_t start = 44;     ///< first quarter of the free world
    Counts counts;
    std::vector<bool> muted_mechanisms; ///< by number in the description; empty: none
    std::vector<bool> muted_switches;
    std::vector<std::uint32_t> order;      ///< order of the mechanisms; empty: the catalogue's (it never matters)
    std::vector<const Point*> points;      ///< one per run
    std::vector<std::uint32_t> replicates; ///< one per run: the address of its random numbers
    std::vector<double> parameters;        ///< [parameter][run]
    std::vector<float> structures;         ///< [structure][run]: number of the alternative
    std::vector<std::uint32_t> kept;       ///< variables whose values are kept, rising; see all_variables()
    bool agents = false;                   ///< keep every agent's columns
    bool fingerprint = false;              ///< keep the sums of all bits, by which two engines are told apart
    double run_limit_s = 0;                ///< runs that take longer are given up; 0: none are. Those stepped together share their time
    std::uint64_t* ticks = nullptr;        ///< if asked for: what each mechanism took, then the stepper itself, then recording; added to what is there
    std::size_t runs() const { return replicates.size(); }
};

/// What a block leaves: the same for every instruction set.
struct BlockResult {
    std::size_t quarters = 0;
    std::vector<std::uint32_t> kept;       ///< the job's
    std::vector<std::uint8_t> outcome;     ///< [quarter][run]
    std::vector<std::int16_t> first_event; ///< [event][run]: quarter, or -1
    std::vector<float> trajectory;         ///< [run / tile_runs][quarter][kept variable][run % tile_runs]; see value()
    /// [date][variable][run], of a block that was read and keeps no trajectory: see reported_values(). The kernel leaves it empty.
    std::vector<float> reported;
    std::vector<float> agents;                 ///< [quarter][column x agent][run], if kept; columns of one mechanism side by side, see agents_per_column()
    std::vector<std::int16_t> failed_quarter;  ///< [run]: first quarter with a value that is no number or far outside its range, or the last before it was given up, or -1
    std::vector<std::int16_t> failed_variable; ///< [run]: which variable, or -1; of a run that was given up: -1
    std::vector<float> failed_value;           ///< [run]: its value, or 0; of a run that was given up: the seconds it took
    /// If asked for: [quarter][variable], sums over runs of the values' bits in full precision; then [run], over quarters and variables.
    std::vector<std::uint64_t> fingerprint;

    /// Where `trajectory` has the slot-th kept variable in a quarter of one run.
    std::size_t place(std::size_t quarter, std::size_t slot, std::size_t run) const
    {
        return ((run / tile_runs * quarters + quarter) * kept.size() + slot) * tile_runs + run % tile_runs;
    }
    /// Position of a variable among those kept; kept.size() if it is not.
    std::size_t slot_of(std::size_t variable) const
    {
        if (variable < kept.size() && kept[variable] == variable) return variable;
        const auto at = std::lower_bound(kept.begin(), kept.end(), variable);
        return at != kept.end() && *at == variable ? static_cast<std::size_t>(at - kept.begin()) : kept.size();
    }
    /// Of a kept variable.
    float value(std::size_t quarter, std::size_t variable, std::size_t run) const { return trajectory[place(quarter, slot_of(variable), run)]; }
};

/// The numbers of all variables, for Job::kept.
std::vector<std::uint32_t> all_variables();
/// How far outside its range, in widths of it, a value may lie before the run counts as failed.
inline constexpr double range_slack = 1e-3;

/// Of a clock that only rises.
double seconds_now();

/// How many agents each column has, for these counts.
std::vector<std::uint32_t> agents_per_column(const Counts& counts);

/// The model for one instruction set and precision.
struct Kernel {
    const char* isa;       ///< "scalar", "v2", "v3", "v4" or "native"
    const char* precision; ///< "double" or "single"
    int width;             ///< lanes
    /// Writes into arrays of the right size: the kernel owns no standard container of plain numbers.
    void (*run_into)(const Job&, BlockResult&);
    /// Of n values, 1 to 4,000, `stride` floats from one tile's to the next tile's. To `bin` goes each value's step without its lowest `shift` bits. Values outside the
    /// range count as its nearest step, and what is no number as the lowest.
    RunSum (*sum_up)(const float* x, std::size_t stride, std::size_t n, float low, float steps_per_unit, int shift, std::int32_t* bin);
    /// Does so many calls in each of so many quarters, and nothing else.
    void (*work_of)(const Calls&, std::uint64_t quarters);
    /// The calls since it was last asked; 0 but in the counting kernel.
    Calls (*take_calls)();
    /// Allocates what it returns.
    BlockResult run(const Job&) const;
    /// The same into a result whose memory is used again.
    void run(const Job&, BlockResult&) const;
};
/// A slow kernel of one lane that counts its calls, in double precision. No other use.
const Kernel& counting_kernel();
/// All kernels of this program that this machine can execute, the widest last.
std::vector<Kernel> kernels(std::string_view precision);
/// The widest, or the one named. Throws std::invalid_argument that lists what there is.
Kernel choose_kernel(std::string_view precision, std::string_view isa = "");

} // namespace entente
