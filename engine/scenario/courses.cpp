// Paths over time, quarter by quarter.
#include "reading.hpp"

namespace entente {

double linear(double first, double last, int from, int to, int quarter)
{
    if (quarter >= to) return last;
    return first == last ? first : first + (last - first) * (static_cast<double>(quarter - from) / static_cast<double>(to - from));
}

void impose(Course& course, int quarter, Imposition how, double value)
{
    const auto at = static_cast<std::size_t>(quarter);
    if (course.how.size() <= at) course.how.resize(at + 1, Imposition::none), course.value.resize(at + 1, 0.0);
    course.how[at] = how;
    course.value[at] = how == Imposition::hold ? 0.0 : value;
}

Imposition imposition(const Course& course, int quarter)
{
    return static_cast<std::size_t>(quarter) < course.how.size() ? course.how[static_cast<std::size_t>(quarter)] : Imposition::none;
}

} // namespace entente
