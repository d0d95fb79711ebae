// A scenario as it is, and the same with an event made to come in every run: the runs in which it is seen beside those in which it is done, on common random numbers.
#pragma once
#include "../analysis/contrast.hpp"
#include "../analysis/given.hpp"
#include "carry_out.hpp"

namespace entente {

/// An event that a scenario can make happen, and the forced event that does it.
struct Forcible {
    std::size_t event, forced; ///< in the description's lists
};
/// Of this event; none: nothing makes it happen.
std::optional<Forcible> forcible(std::size_t event);
/// Names of events that can be made to happen.
std::vector<std::string> forcible_events();

/// One quantity, where the event is seen and where it is done.
struct ContrastRow {
    Quantity quantity;
    Contrast contrast;
};
/// A date at which the event was made to come, and in how many runs.
struct ForcedDate {
    int quarter = 0;
    std::uint32_t seen = 0, forced = 0; ///< runs that see it then by themselves; others in which it is made to come then
};
/// Runs in which the event is seen beside runs in which it is done.
struct EventContrast {
    Given of;                           ///< EVENT by DATE
    std::string forced;                 ///< the forced event
    std::uint32_t runs = 0, failed = 0; ///< asked for; not whole in either arm, which leaves both out
    std::uint32_t seen = 0;             ///< in which it is seen by then
    std::uint32_t came = 0, made = 0;   ///< of those in which it is not, in how many it came when it was made to
    std::uint32_t same = 0;             ///< of those in which it is seen, in how many all outcomes stay what they are when it is made to come at its own date
    std::vector<ForcedDate> dates;      ///< rising
    std::vector<ContrastRow> rows;
};
/// What is wrong with such a condition; empty if nothing is.
std::string fault_of_forcing(const Given& of);
/// In runs in which the event is seen by then it is made to come at its own date, which should change nothing; in all others at a date drawn from those at which it is seen (seed and run alone say which), or `at` all of
/// them. `quantities`: see usual_quantities(); rows come in their order. Without rows if it is seen in no run and `at` is not given. Nothing if it was stopped. Throws std::invalid_argument on a
/// fault_of_forcing(), a quantile, or a date beyond the horizon.
std::optional<EventContrast> contrast_event(Scenario scenario, const Given& of, std::optional<int> at, const std::vector<Quantity>& quantities, const EnsembleOptions& options,
                                            const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
