// A box that was found, as a scenario or a sweep that lies within it.
#pragma once
#include "discover.hpp"

namespace entente {

/// What the files say of where they come from.
struct BoxWords {
    std::string title, assumes;
};
/// The scenario of a result of `run`, every draw taken from within the box: distributions cut to its limits, structures to its answers, of a posterior the draws that lie inside. `path`: where it will lie.
/// It extends the result's scenario if that file is still there and still says the same, and if no draws of a posterior are cut; else it is written out whole.
/// Throws std::invalid_argument with what cannot be said in a scenario: a parameter that a dial moves, or a box that holds no draw of the posterior.
std::string scenario_in_box(const ReplaySource& source, const Searched& searched, const Box& box, const Box& start, const BoxWords& words, const std::string& path);
/// The same of a sweep's policy: its factors become what the scenario draws, each from its own values inside the box. Throws std::invalid_argument for a factor that is no parameter or structure.
std::string scenario_in_box(const std::string& file, const StoredSweep& sweep, const Searched& searched, const Box& box, const Box& start, const BoxWords& words);

/// A sweep over a box, and the files beside it that it needs.
struct BoxSweep {
    std::string sweep;
    std::string scenario, scenario_name; ///< of the result, every default written out; its name beside the sweep
    std::string points, points_name;     ///< of a sweep's box: the table of its points; "": none
};
/// The name of the scenario beside a sweep that will lie at `path`.
std::string scenario_beside(const std::string& path);
/// Of a result of `run`: a factor for each input that the box bounds, drawn as the scenario does it, cut to the box; what is drawn together with others from a posterior, evenly between the limits,
/// as far as a sweep may set it. Throws as scenario_in_box(), and where nothing of the box may be set.
BoxSweep sweep_in_box(const ReplaySource& source, const Searched& searched, const Box& box, const Box& start, const std::string& outcome, const BoxWords& words, const std::string& path);
/// Of a sweep: the same factors, under the policy in which the box was found, at as many new points of the same design within the box.
BoxSweep sweep_in_box(const std::string& file, const StoredSweep& sweep, const Searched& searched, const Box& box, const Box& start, const BoxWords& words, const std::string& path);

} // namespace entente
