#include "turned.hpp"
#include "reading.hpp"

namespace entente {

void hold_lever(Scenario& scenario, std::size_t lever, double value)
{
    std::erase_if(scenario.courses, [lever](const CourseSetting& c) { return c.course.target == Target::lever && c.course.index == lever; });
    Course course{.target = Target::lever, .index = lever, .how = {}, .value = {}};
    for (int q = scenario.start; q <= scenario.horizon; ++q) impose(course, q, Imposition::set, value);
    scenario.courses.push_back({std::move(course), {}});
}

void hold_structure(Scenario& scenario, std::size_t structure, std::size_t alternative)
{
    std::vector<double>& weights = scenario.structures[structure].weights;
    for (std::size_t a = 0; a < weights.size(); ++a) weights[a] = a == alternative ? 1 : 0;
}

} // namespace entente
