// What is told of a run, by whom and in which words: a line for each. The rules are the model's, on its pages; what stands here says how their outcome
// shows in the variables, and which variables a rule reads.
#pragma once
#include "../model/kernel.hpp"
#include <functional>

namespace entente {

/// One run among the runs of a finished block, every variable of every quarter kept.
struct Told {
    const Job& job;
    const BlockResult& result;
    std::size_t run; ///< its place in the block
    /// At the end of a quarter. The name must be a variable's: std::out_of_range.
    double value(int quarter, std::string_view variable) const;
    /// Of this run.
    double parameter(std::string_view name) const;
    /// Outcome code of this run at the end of a quarter.
    int code(int quarter) const { return result.outcome[static_cast<std::size_t>(quarter) * job.runs() + run]; }
    int quarters() const { return static_cast<int>(result.quarters); }
};

/// One quarter of it, from 1 on: `was` is the world that the rules found, `now` the one that they left.
struct Moment {
    const Told& told;
    int quarter;
    /// At the end of this quarter.
    double now(std::string_view variable) const { return told.value(quarter, variable); }
    /// At the end of the quarter before.
    double was(std::string_view variable) const { return told.value(quarter - 1, variable); }
};

/// event: nobody chose it; decision: somebody did; change: of the outcome class or of Russia's orientation; threshold: a variable has passed a mark or
/// moved by a step; summary: of many small decisions; imposed: by the scenario, or by the data of history.
enum class Kind : std::uint8_t { event, decision, change, threshold, summary, imposed };
inline constexpr std::string_view kind_names[] = {"event", "decision", "class change", "threshold", "summary", "imposed"};

/// What happens in a single quarter. Words may hold "{variable}", its value at the end of the quarter, and other
/// words after a bar, for when it is imposed. `why` names variables that the rule on `page` reads, one of
/// its own that it sets first, in the same quarter, with "=" before it.
struct Happening {
    const char* name;
    Kind kind;
    int rank, quiet; ///< 1 turning point, 2 worth a line, 3 detail; within `quiet` quarters of the last one: a detail
    const char *who, *what;
    const char* variable; ///< in which it shows; if that is imposed, so is this
    const char *page, *why;
    const char* question; ///< whose answer it is, see Choice; ""
    const char* forced;   ///< forced events that bring it about
    std::function<bool(const Moment&)> happens;
};
/// The lines, then one for each event of the model that has none and is not left out: its page's title and the meaning of its row, told as a detail.
const std::vector<Happening>& happenings();
/// The lines given, with those of the other events.
std::vector<Happening> with_other_events(std::vector<Happening> lines, const Description& model);

/// A state that is told when it has changed for at least `lasting` quarters, or up to the end.
struct Condition {
    const char* name;
    Kind kind;
    int rank;
    const char *who, *page, *why, *question;
    std::vector<const char*> becomes; ///< what is said when this state begins
    int (*state)(const Moment&);      ///< number in `becomes`, at the end of the quarter
};
inline constexpr int lasting = 4;
/// All states that are told of.
const std::vector<Condition>& conditions();

/// A variable that is told whenever it has moved by `step` since it was told last; with counts of small events in between: "refused=demand_refused, ...".
struct Level {
    const char* variable;
    double step;
    int rank;
    const char *who, *up, *down, *page, *why, *counts;
};
/// All variables that are told of by steps.
const std::vector<Level>& levels();

/// The alternatives of a decision.
struct Choice {
    const char *question, *what;
    bool (*chosen)(const Moment&);
};
/// All decisions that are told of.
const std::vector<Choice>& choices();

/// Events of the model that no line tells of, and why not.
struct LeftOut {
    const char *event, *reason;
};
/// All events without a line.
const std::vector<LeftOut>& left_out();

/// The names in a text with blanks between them.
std::vector<std::string> listed(std::string_view names);

/// The owned variables that a derived quantity follows from; of an owned one, itself.
std::vector<std::string> owned_parts(std::string_view variable);

} // namespace entente
