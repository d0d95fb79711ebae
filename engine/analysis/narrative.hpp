// The story of one run: dated entries, each with who, what, and the variables that the rule behind it read. Pure functions on values.
#pragma once
#include "../ensemble/ensemble.hpp"
#include "happenings.hpp"

namespace entente {

/// A variable that the rule behind an entry reads, as the rule found it, at the end of the quarter before; behind a change of class, at the end of the
/// quarter itself, because classes are read off the new world.
struct Influence {
    std::size_t variable = 0;     ///< in the description's list
    double value = 0, change = 0; ///< change: over the year before
    bool decisive = false;        ///< see explained()
};
/// How likely it was, the world being what it was; of a decision, one for each alternative, which sum to 1.
struct Odds {
    std::string of; ///< the alternative; "" of an event
    double chance = 0;
    double year_before = 0; ///< the same a year before; NaN if that cannot be said
};
/// A line of the story.
struct Entry {
    int quarter = 0;
    Kind kind = Kind::event;
    int rank = 1; ///< 1 turning point, 2 worth a line, 3 detail
    std::string who, what;
    std::string name;           ///< of its row in happenings(), conditions() or levels()
    std::string page;           ///< mechanism whose rule it is: a page of engine/model and a section of its ODD.md; "" if none
    std::vector<Influence> why; ///< empty if it was imposed
    std::vector<Odds> odds;     ///< see explained()
};

/// Everything that is told of a run, by quarter. Agents are used where they were kept. A run that failed is told up to its failure.
std::vector<Entry> narrative(const Told& told);

/// At most `most` entries, but all turning points, and no detail: of the others each kind's first, then its second, and so on.
std::vector<Entry> shortened(const std::vector<Entry>& story, std::size_t most);

/// A parameter that lies in the lowest or the highest tenth of its prior.
struct Outer {
    std::size_t parameter = 0;
    double value = 0;
    bool high = false;
};
/// `parameters`: one per row of the description.
std::vector<Outer> outer_tenths(const Scenario& scenario, std::span<const double> parameters);

/// A number as it is printed: 0.42, 67, "full war".
std::string in_words(const Row& row, double value);

} // namespace entente
