#include "dials.hpp"
#include "reading.hpp"

namespace entente {

static std::size_t parameter_of(const DialRow& row) { return Description::find(describe().parameters, row.name); }

static std::size_t lever_of(const DialRow& row) { return Description::find(describe().levers, row.name); }

/// The rows of one driver in a section.
template <class Use> static void each_row(std::size_t driver, std::string_view section, Use use)
{
    for (const DialRow& row : dial_rows)
        if (row.driver == drivers[driver].name && row.section == section) use(row);
}

double dialled(const Dials& dials, std::size_t parameter, double value)
{
    for (std::size_t d = 0; d < dials.size(); ++d)
        each_row(d, "parameters", [&](const DialRow& row) {
            if (parameter_of(row) == parameter) value = moved(row, dials[d], value);
        });
    return value;
}

Course dial_course(const DialRow& row, double by, int start, int horizon)
{
    Course course{.target = Target::lever, .index = lever_of(row), .how = {}, .value = {}};
    for (int q = start; q <= horizon; ++q) impose(course, q, Imposition::add, by);
    return course;
}

std::vector<Course> dial_courses(std::size_t driver, double dial, int start, int horizon)
{
    std::vector<Course> courses;
    if (dial == dial_at_rest) return courses;
    each_row(driver, "levers", [&](const DialRow& row) { courses.push_back(dial_course(row, added(row, dial), start, horizon)); });
    return courses;
}

void move_parameters(std::size_t driver, double dial, std::size_t run, std::vector<double>& parameters, std::size_t runs)
{
    if (dial == dial_at_rest) return;
    each_row(driver, "parameters", [&](const DialRow& row) {
        double& value = parameters[parameter_of(row) * runs + run];
        value = moved(row, dial, value);
    });
}

Point Scenario::point() const
{
    Point point;
    for (const CourseSetting& setting : courses) point.courses.push_back(setting.course);
    for (std::size_t d = 0; d < dials.size(); ++d)
        for (Course& course : dial_courses(d, dials[d], start, horizon)) point.courses.push_back(std::move(course));
    return point;
}

bool moves_levers(std::size_t driver)
{
    bool any = false;
    each_row(driver, "levers", [&](const DialRow&) { any = true; });
    return any;
}

std::vector<Clash> clashes(const Scenario& scenario, std::size_t driver)
{
    std::vector<Clash> all;
    each_row(driver, "parameters", [&](const DialRow& row) {
        const ParameterSetting& setting = scenario.parameters[parameter_of(row)];
        if (!setting.origin.file.empty() && setting.distribution != at_rest(row_of(row), scenario.draw_priors)) all.push_back({&row, setting.origin});
    });
    each_row(driver, "levers", [&](const DialRow& row) {
        const std::size_t lever = lever_of(row);
        for (const CourseSetting& c : scenario.courses)
            if (c.course.target == Target::lever && c.course.index == lever) all.push_back({&row, c.origin});
    });
    return all;
}

std::string moved_by(const Dials& dials, std::string_view section, std::string_view name)
{
    for (const DialRow& row : dial_rows)
        for (std::size_t d = 0; d < dials.size(); ++d)
            if (row.section == section && row.name == name && row.driver == drivers[d].name && dials[d] != dial_at_rest)
                return fmt::format("drivers.{} at {}", row.driver, dials[d]);
    return "";
}

} // namespace entente
