#include "calibrate/targets.hpp"
#include "core/quarter.hpp"
#include "targets.hpp"
#include <algorithm>
#include <cmath>

// What calibration is held to: the table of measurements, an empty line, the table of observations. Of what is accepted a world is observed.
void entente::fuzz::observations(std::string_view bytes)
{
    const std::size_t parted = std::min(bytes.find("\n\n"), bytes.size());
    const std::string_view second = bytes.substr(std::min(parted + 2, bytes.size()));
    constexpr int first = 0, last = 47;
    try {
        const Targets t = read_targets({bytes.substr(0, parted), "measurement.csv"}, {second, "targets.csv"}, first, last);
        for (const Observation& o : t.observations)
            require(o.measurement < t.measurements.size() && o.from >= first && o.from <= o.to && o.to <= last && o.sd > 0 && std::isfinite(o.value),
                    "an observation is of the run, with its error");
        static_cast<void>(quantities_of(t));
        const std::vector<double> seen = observed(t);
        require(std::ranges::all_of(seen, [](double x) { return std::isfinite(x); }), "what was observed is a number on the scale of its error");
        for (std::size_t i = 0; i < seen.size(); ++i) require(covariance(t, i, i) >= 0, "a variance is not below 0");
        const Observer observer(t);
        std::vector<double> made(seen.size());
        observer(std::vector<double>(seen.size(), 0.5), std::vector<double>(observer.normals(), 0.25), made);
    } catch (const ScenarioErrors& refused) {
        require(!refused.problems.empty(), "what is refused has a problem");
    }
}
