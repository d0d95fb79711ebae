#include "explained.hpp"
#include "waits.hpp"
#include <algorithm>
#include <future>
#include <limits>
#include <map>
#include <numeric>
#include <thread>

namespace entente {
namespace {

constexpr std::uint32_t others = 0x80000000u; ///< replicates from here on: no ensemble has as many runs, so their luck is nobody's
constexpr std::size_t enough = 50;            ///< samples in which a decision is taken, for odds between its alternatives

using Happens = std::function<bool(const Moment&)>;

/// The point of a run with every owned variable set, at the end of quarters 0, 2, 4 ... or 1, 3, 5 ..., to what it was; those `lagged`, to what they were
/// four quarters before.
Point held(const Told& told, int parity, const std::vector<std::string>& lagged)
{
    Point point = told.run < told.job.points.size() ? *told.job.points[told.run] : Point{};
    for (Course& course : point.courses) course = as_it_was(course, told); // whatever the others live to see
    const auto quarters = static_cast<std::size_t>(told.quarters());
    const std::vector<Row>& rows = describe().variables;
    for (std::size_t v = 0; v < describe().owned; ++v) {
        Course c{.target = Target::variable, .index = v, .how = std::vector<Imposition>(quarters, Imposition::none), .value = std::vector<double>(quarters)};
        const bool late = std::find(lagged.begin(), lagged.end(), rows[v].name) != lagged.end();
        for (auto q = static_cast<std::size_t>(parity); q < quarters; q += 2) {
            c.how[q] = Imposition::set;
            c.value[q] = static_cast<double>(told.result.value(late && q >= 4 ? q - 4 : q, v, told.run));
        }
        point.courses.push_back(std::move(c));
    }
    return point;
}

/// A job of this run's parameters and structures, for other replicates and points.
Job alike(const Told& told, int quarters, std::vector<std::uint32_t> replicates, std::vector<const Point*> points)
{
    const std::size_t runs = replicates.size(), of = told.job.runs();
    const auto widen = [&]<class T>(const std::vector<T>& from) {
        std::vector<T> wide;
        for (std::size_t row = 0; row < from.size() / of; ++row) wide.insert(wide.end(), runs, from[row * of + told.run]);
        return wide;
    };
    Job job{.seed = told.job.seed,
            .quarters = static_cast<std::uint32_t>(quarters),
            .start = told.job.start,
            .counts = told.job.counts,
            .muted_mechanisms = told.job.muted_mechanisms,
            .muted_switches = told.job.muted_switches,
            .order = told.job.order,
            .points = std::move(points),
            .replicates = std::move(replicates),
            .parameters = widen(told.job.parameters),
            .structures = widen(told.job.structures),
            .kept = all_variables()};
    return job;
}

/// What is counted for an entry: its alternatives at a quarter.
struct Question {
    std::size_t entry;
    int quarter;
    bool year_before;
    std::vector<std::string> names; ///< of the alternatives; one without a name for an event
    std::vector<Happens> alternatives;
    std::vector<std::size_t> seen;
};

const char* question_of(const Entry& e)
{
    for (const Happening& h : happenings())
        if (e.name == h.name) return h.question;
    for (const Condition& c : conditions())
        if (e.name == c.name) return c.question;
    return "";
}
Happens event_of(const Entry& e)
{
    if (e.kind != Kind::event && e.kind != Kind::decision) return nullptr;
    for (const Happening& h : happenings())
        if (e.name == h.name) return h.happens;
    return nullptr;
}

std::vector<Question> questions(const std::vector<Entry>& story)
{
    std::vector<Question> all;
    for (std::size_t i = 0; i < story.size(); ++i) {
        const Entry& e = story[i];
        if (e.kind != Kind::event && e.kind != Kind::decision) continue;
        std::vector<std::string> names;
        std::vector<Happens> alternatives;
        const std::string_view question = question_of(e);
        for (const Choice& c : choices())
            if (question == c.question) names.emplace_back(c.what), alternatives.push_back(c.chosen);
        if (alternatives.empty() && event_of(e)) names.emplace_back(), alternatives.push_back(event_of(e));
        if (alternatives.empty()) continue;
        for (const bool before : {false, true}) {
            const int quarter = e.quarter - (before ? 4 : 0);
            if (quarter >= 1) all.push_back({i, quarter, before, names, alternatives, std::vector<std::size_t>(alternatives.size())});
        }
    }
    return all;
}

/// Some of the other runs: held at the ends of even or of odd quarters.
struct Share {
    const Point* point;
    int parity;
    std::uint32_t first, runs;
};
std::vector<Question> counted(std::vector<Question> asked, const std::vector<Share>& shares, std::size_t from, std::size_t stride, const Told& told, const Kernel& kernel)
{
    int end = 0;
    for (const Question& a : asked) end = std::max(end, a.quarter + 1);
    BlockResult result;
    for (std::size_t s = from; s < shares.size(); s += stride) {
        std::vector<std::uint32_t> replicates(shares[s].runs);
        std::iota(replicates.begin(), replicates.end(), others + shares[s].first);
        const Job job = alike(told, end, replicates, std::vector<const Point*>(replicates.size(), shares[s].point));
        kernel.run(job, result);
        for (Question& a : asked) {
            if ((a.quarter - 1) % 2 != shares[s].parity) continue;
            for (std::size_t r = 0; r < job.runs(); ++r)
                for (std::size_t i = 0; i < a.alternatives.size(); ++i) a.seen[i] += a.alternatives[i]({{job, result, r}, a.quarter}) ? 1 : 0;
        }
    }
    return asked;
}

/// How often each alternative is taken in `samples` other runs. Counts are whole numbers: the threads do not show in them.
std::vector<Question> answered(std::vector<Question> asked, const Told& told, const Kernel& kernel, std::uint32_t samples, unsigned threads)
{
    const Point even = held(told, 0, {}), odd = held(told, 1, {});
    std::vector<Share> shares;
    for (std::uint32_t first = 0; first < samples; first += block_runs)
        for (const int parity : {0, 1}) shares.push_back({parity == 0 ? &even : &odd, parity, first, std::min(block_runs, samples - first)});
    const std::size_t wanted = std::min<std::size_t>(shares.size(), threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency()));
    std::vector<std::future<std::vector<Question>>> parts;
    for (std::size_t t = 0; t < wanted; ++t) parts.push_back(std::async(std::launch::async, [&, t] { return counted(asked, shares, t, wanted, told, kernel); }));
    std::vector<Question> all = asked;
    for (auto& part : parts) {
        const std::vector<Question> some = part.get();
        for (std::size_t a = 0; a < all.size(); ++a)
            for (std::size_t i = 0; i < all[a].seen.size(); ++i) all[a].seen[i] += some[a].seen[i];
    }
    return all;
}

/// The story with the odds that follow from the counts; those of the quarter itself come before those of the year before.
std::vector<Entry> with_odds(std::vector<Entry> story, const std::vector<Question>& asked, std::uint32_t samples)
{
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    for (const Question& a : asked) {
        Entry& e = story[a.entry];
        const bool single = a.names.size() == 1;
        const std::size_t all = single ? samples : std::accumulate(a.seen.begin(), a.seen.end(), std::size_t{0});
        for (std::size_t i = 0; i < a.names.size(); ++i) {
            const double share = all < enough ? unknown : static_cast<double>(a.seen[i]) / static_cast<double>(all);
            if (!a.year_before && all >= enough) e.odds.push_back({a.names[i], share, unknown});
            if (a.year_before && i < e.odds.size()) e.odds[i].year_before = share;
        }
    }
    return story;
}

std::vector<Entry> with_decisive(std::vector<Entry> story, const Told& told, const Kernel& kernel)
{
    std::map<std::size_t, std::size_t> place; // of a driver among the runs: two for each
    for (const Entry& e : story)
        if (event_of(e))
            for (const Influence& d : e.why) place.emplace(d.variable, 0);
    if (place.empty()) return story;
    std::vector<Point> points;
    std::vector<const Point*> followed;
    points.reserve(2 * place.size());
    for (auto& [variable, first] : place) {
        first = points.size();
        for (const int parity : {0, 1}) {
            points.push_back(held(told, parity, owned_parts(describe().variables[variable].name)));
            followed.push_back(&points.back());
        }
    }
    const Job job = alike(told, told.quarters(), std::vector<std::uint32_t>(points.size(), told.job.replicates[told.run]), followed);
    const BlockResult result = kernel.run(job);
    for (Entry& e : story)
        if (const Happens happens = event_of(e))
            for (Influence& d : e.why) d.decisive = !happens({{job, result, place.at(d.variable) + static_cast<std::size_t>(e.quarter - 1) % 2}, e.quarter});
    return story;
}

} // namespace

std::vector<Entry> explained(std::vector<Entry> story, const Told& told, const Kernel& kernel, std::uint32_t samples, unsigned threads)
{
    const std::vector<Question> asked = answered(questions(story), told, kernel, samples, threads);
    return with_decisive(with_odds(std::move(story), asked, samples), told, kernel);
}

} // namespace entente
