// What the dials of a scenario do to the runs: parameters that they move, and courses of levers that they add.
#pragma once
#include "../model/drivers.hpp"
#include "scenario.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// What a parameter comes to where it stands at `value` in the scenario.
double dialled(const Dials& dials, std::size_t parameter, double value);
/// A lever of a dial shifted by this much from `start` to `horizon`.
Course dial_course(const DialRow& row, double by, int start, int horizon);
/// What one dial adds to levers from `start` to `horizon`.
std::vector<Course> dial_courses(std::size_t driver, double dial, int start, int horizon);
/// Moves the parameters of one run of a job, [parameter][run].
void move_parameters(std::size_t driver, double dial, std::size_t run, std::vector<double>& parameters, std::size_t runs);
/// Whether a lever is among what it moves: these act from `start` on.
bool moves_levers(std::size_t driver);
/// What dials move this parameter or lever, "drivers.taiwan_window at 1"; "" if none does.
std::string moved_by(const Dials& dials, std::string_view section, std::string_view name);

/// A parameter or lever that a file sets although a dial moves it.
struct Clash {
    const DialRow* row;
    Origin set_at;
};
/// Of one driver; a parameter that is set to its own default is none.
std::vector<Clash> clashes(const Scenario& scenario, std::size_t driver);

} // namespace entente
