#include "difference.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <stdexcept>

namespace entente {
namespace {

/// A line of a text; of a setting in TOML, its name and value.
struct Line {
    std::string setting, text;
    bool operator==(const Line&) const = default;
};

/// An array over several lines is one; so is each table of an array of tables, which is no setting.
std::vector<Line> lines_of(const std::string& text)
{
    constexpr const char* letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    std::vector<Line> all;
    std::string section;
    bool in_array = false, in_table = false;
    for (const std::string& line : split(text, '\n')) {
        if (line.empty()) continue;
        const std::size_t equals = line.find(" = ");
        if (in_array) {
            in_array = line != "]";
            if (!in_array && all.back().text.ends_with(',')) all.back().text.pop_back();
            all.back().text += std::string(all.back().text.ends_with(',') ? " " : "") + std::string(trim(line));
        } else if (line.starts_with('[') && line.ends_with(']')) {
            in_table = line.starts_with("[[");
            section = line.substr(1, line.size() - 2) + ".";
            if (in_table) all.push_back({"", line});
        } else if (in_table) {
            all.back().text += " " + line;
        } else if (equals == std::string::npos || line.find_first_not_of(letters) != equals) {
            all.push_back({"", line});
        } else {
            all.push_back({section + line.substr(0, equals), line.substr(equals + 3)});
            in_array = line.ends_with(" = [");
        }
    }
    return all;
}

/// By setting, or by text where there is none: the first of several.
std::map<std::string_view, const Line*> by_name(const std::vector<Line>& lines)
{
    std::map<std::string_view, const Line*> all;
    for (const Line& line : lines) all.emplace(line.setting.empty() ? line.text : line.setting, &line);
    return all;
}

void add_disagreements(std::vector<Disagreement>& all, const std::string& what, const std::string& text_a, const std::string& text_b)
{
    const std::vector<Line> a = lines_of(text_a), b = lines_of(text_b);
    if (a.size() == 1 && b.size() == 1 && a[0].setting.empty() && b[0].setting.empty()) { // one for the other
        all.push_back({what, "", a[0].text, b[0].text});
        return;
    }
    const auto in_a = by_name(a), in_b = by_name(b);
    const std::size_t before = all.size();
    for (const auto& line : a) {
        const auto theirs = in_b.find(line.setting.empty() ? line.text : line.setting);
        if (theirs == in_b.end()) all.push_back({what, line.setting, line.text, ""});
        else if (theirs->second->text != line.text) all.push_back({what, line.setting, line.text, theirs->second->text});
    }
    for (const auto& line : b)
        if (!in_a.contains(line.setting.empty() ? line.text : line.setting)) all.push_back({what, line.setting, "", line.text});
    if (all.size() > before) return;
    const auto [first_a, first_b] = std::ranges::mismatch(a, b);
    if (first_a != a.end() && first_b != b.end()) all.push_back({what, "", first_a->text, first_b->text});
}

/// The first place from `at` on; the length if all is the same.
std::size_t first_place(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) { return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin()); }

bool failed(const Histories& h, std::size_t run) { return !h.failed_quarter.empty() && fate_of(h.failed_quarter[run]) != Fate::whole; }

} // namespace

std::vector<Disagreement> disagreements(const std::vector<Said>& a, const std::vector<Said>& b)
{
    std::vector<Disagreement> all;
    for (const auto& [what, text] : a) {
        const auto other = std::ranges::find(b, what, &Said::what);
        const std::string theirs = other == b.end() ? "" : other->text;
        if (text != theirs) add_disagreements(all, what, text, theirs);
    }
    for (const auto& [what, text] : b)
        if (!text.empty() && std::ranges::find(a, what, &Said::what) == a.end()) add_disagreements(all, what, "", text);
    return all;
}

std::optional<BitsDifference> first_difference(const Bits& a, const Bits& b)
{
    if (a.policies != b.policies || a.quarters != b.quarters || a.runs != b.runs || a.by_variable.size() != b.by_variable.size() || a.by_run.size() != b.by_run.size())
        throw std::invalid_argument("the bits of ensembles of another shape");
    const std::size_t quarters = a.policies * a.quarters, variables = quarters == 0 ? 0 : a.by_variable.size() / quarters;
    std::optional<BitsDifference> first;
    for (std::size_t k = 0; k < a.policies; ++k) {
        BitsDifference d{.policy = k, .quarter = {}, .variables = {}, .run = {}};
        const std::size_t begin = k * a.quarters * variables, length = a.quarters * variables;
        if (const std::size_t at = first_place(a.by_variable.subspan(begin, length), b.by_variable.subspan(begin, length)); at < length) {
            d.quarter = static_cast<int>(at / variables);
            const std::size_t row = begin + at / variables * variables;
            for (std::size_t v = 0; v < variables; ++v)
                if (a.by_variable[row + v] != b.by_variable[row + v]) d.variables.push_back(v);
        }
        if (const std::size_t at = first_place(a.by_run.subspan(k * a.runs, a.runs), b.by_run.subspan(k * a.runs, a.runs)); at < a.runs) d.run = at;
        if (!d.quarter && !d.run) continue;
        if (!first || (d.quarter && (!first->quarter || *d.quarter < *first->quarter))) first = d;
    }
    return first;
}

std::optional<HistoryDifference> first_difference(const Histories& a, const Histories& b)
{
    if (a.runs != b.runs || a.outcome.size() != b.outcome.size() || a.first_event.size() != b.first_event.size()) throw std::invalid_argument("histories that are not as many");
    std::optional<HistoryDifference> first;
    // by quarter, as they lie in memory: a later one counts only for a lower run
    for (std::size_t i = 0; i < a.outcome.size(); ++i)
        if (a.outcome[i] != b.outcome[i] && (!first || i % a.runs < first->run)) first = {.run = i % a.runs, .quarter = static_cast<int>(i / a.runs), .event = {}};
    for (std::size_t i = 0; i < a.first_event.size(); ++i) {
        const int in_a = a.first_event[i], in_b = b.first_event[i], earlier = in_a < 0 || (in_b >= 0 && in_b < in_a) ? in_b : in_a;
        if (in_a == in_b) continue;
        const std::size_t run = i % a.runs;
        if (!first || run < first->run || (run == first->run && first->event && earlier < first->quarter)) first = {.run = run, .quarter = earlier, .event = i / a.runs};
    }
    return first;
}

OutcomePairs::OutcomePairs(std::size_t quarters) : quarters_(quarters), code_(quarters * codes * codes), event_(describe().events.size())
{
    if (quarters == 0) throw std::invalid_argument("pairs of outcomes need a quarter");
}

void OutcomePairs::add(const Histories& a, const Histories& b)
{
    const std::size_t runs = a.runs;
    if (runs != b.runs || std::min(a.outcome.size(), b.outcome.size()) < quarters_ * runs) throw std::invalid_argument("pairs of outcomes that are not as many");
    std::vector<std::size_t> used;
    for (std::size_t run = 0; run < runs; ++run)
        if (!failed(a, run) && !failed(b, run)) used.push_back(run);
    pairs_ += used.size();
    for (std::size_t q = 0; q < quarters_; ++q)
        for (const std::size_t run : used) ++code_[(q * codes + a.outcome[q * runs + run] % codes) * codes + b.outcome[q * runs + run] % codes];
    const auto by_then = [&](const Histories& h, std::size_t at) {
        return at < h.first_event.size() && h.first_event[at] >= 0 && static_cast<std::size_t>(h.first_event[at]) < quarters_;
    };
    for (std::size_t e = 0; e < event_.size(); ++e)
        for (const std::size_t run : used) ++event_[e][(by_then(a, e * runs + run) ? 1 : 0) + (by_then(b, e * runs + run) ? 2 : 0)];
}

template <class Is> PairedDifference OutcomePairs::share(int quarter, Is is) const
{
    std::array<std::uint64_t, 4> count{};
    for (std::size_t a = 0; a < codes; ++a)
        for (std::size_t b = 0; b < codes; ++b)
            count[(is(static_cast<std::uint8_t>(a)) ? 1 : 0) + (is(static_cast<std::uint8_t>(b)) ? 2 : 0)] += code_[(static_cast<std::size_t>(quarter) * codes + a) * codes + b];
    return paired_shares(pairs_, count[3], count[1], count[2]);
}

PairedDifference OutcomePairs::in_class(int quarter, int number) const
{
    return share(quarter, [number](std::uint8_t code) { return class_of(code) == number; });
}
PairedDifference OutcomePairs::with_orientation(int quarter, int number) const
{
    return share(quarter, [number](std::uint8_t code) { return orientation_of(code) == number; });
}
PairedDifference OutcomePairs::seen(std::size_t event) const { return paired_shares(pairs_, event_[event][3], event_[event][1], event_[event][2]); }

PairedDifference paired_shares(std::uint64_t pairs, std::uint64_t both, std::uint64_t only_a, std::uint64_t only_b)
{
    const auto n = static_cast<double>(pairs), a = static_cast<double>(both + only_a), b = static_cast<double>(both + only_b), apart = static_cast<double>(only_a + only_b);
    const auto error = [n](double squares) { return std::sqrt(std::max(0.0, squares) / (n - 1) / n); }; // rounding may leave less than nothing
    const double more = b - a;
    return {.pairs = static_cast<std::size_t>(pairs),
            .mean_a = a / n,
            .mean_b = b / n,
            .difference = more / n,
            .standard_error = error(apart - more * more / n),
            .unpaired_error = error(a - a * a / n + b - b * b / n)};
}

Interval interval_of(const PairedDifference& d) { return t_interval(d.difference, d.standard_error, d.pairs); }

std::vector<Shift> shifts(const OutcomePairs& pairs, std::span<const int> dates)
{
    std::vector<Shift> all;
    for (const int date : dates) {
        for (const int c : class_order) all.push_back({fmt::format("share_{} at {}", class_names[c], quarter_name(date)), pairs.in_class(date, c)});
        for (const int o : orientation_order) all.push_back({fmt::format("share_{} at {}", orientation_names[o], quarter_name(date)), pairs.with_orientation(date, o)});
    }
    const std::vector<Row>& events = describe().events;
    for (std::size_t e = 0; e < events.size(); ++e) all.push_back({fmt::format("{} by {}", events[e].name, quarter_name(static_cast<int>(pairs.quarters()) - 1)), pairs.seen(e)});
    return all;
}

std::vector<PairedDifference> OutcomePairs::class_shares() const
{
    std::vector<PairedDifference> all;
    for (std::size_t i = 0; i < quarters_ * outcome_classes; ++i) all.push_back(in_class(static_cast<int>(i) / outcome_classes, static_cast<int>(i) % outcome_classes));
    return all;
}

ReplicatePairs::ReplicatePairs(std::size_t quarters, std::size_t points)
    : shares_(quarters * outcome_classes, PolicyComparison({.kind = Quantity::Kind::share, .terms = {}, .text = {}}, 2, points))
{
}

void ReplicatePairs::add(const Histories& a, const Histories& b)
{
    const std::size_t runs = a.runs;
    if (runs != b.runs || std::min(a.outcome.size(), b.outcome.size()) * outcome_classes < shares_.size() * runs)
        throw std::invalid_argument("pairs of outcomes that are not as many");
    std::vector<double> values(2 * runs);
    for (std::size_t i = 0; i < shares_.size(); ++i) {
        const std::size_t row = i / outcome_classes * runs;
        const auto in_class = [&](const Histories& h, std::size_t run) {
            if (failed(h, run)) return fate_of(h.failed_quarter[run]) == Fate::not_made ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
            return class_of(h.outcome[row + run]) == static_cast<int>(i % outcome_classes) ? 1.0 : 0.0;
        };
        for (std::size_t run = 0; run < runs; ++run) values[run] = in_class(a, run), values[runs + run] = in_class(b, run);
        shares_[i].add(values);
    }
}

std::vector<PairedDifference> ReplicatePairs::class_shares() const
{
    std::vector<PairedDifference> all;
    for (const PolicyComparison& share : shares_) all.push_back(share.difference(1));
    return all;
}

/// The sum of the pairs' differences over the root of their squares' sum, without sign: see first_parting().
static double sign_z(const PairedDifference& d)
{
    const auto n = static_cast<double>(d.pairs);
    const double apart = d.standard_error * d.standard_error * n * (n - 1) + d.difference * d.difference * n;
    return apart > 0 ? std::abs(d.difference) * n / std::sqrt(apart) : 0;
}

/// What sign_z() has to exceed.
static double critical_z(std::size_t looks, double alpha) { return quantile(complement(boost::math::normal(), alpha / 2 / static_cast<double>(looks))); }

std::optional<Parting> first_parting(std::span<const PairedDifference> class_shares, double alpha)
{
    const double critical = critical_z(class_shares.size(), alpha);
    std::optional<Parting> most;
    for (std::size_t i = 0; i < class_shares.size(); ++i) {
        const PairedDifference& d = class_shares[i];
        if (most && i % outcome_classes == 0) return most;
        if (d.pairs < 2 || sign_z(d) <= critical) continue;
        if (!most || std::abs(d.difference) > std::abs(most->difference.difference)) most = {static_cast<int>(i) / outcome_classes, static_cast<int>(i) % outcome_classes, d};
    }
    return most;
}

std::string parting_text(std::span<const PairedDifference> class_shares, double alpha)
{
    const double critical = critical_z(class_shares.size(), alpha), fewest = std::floor(critical * critical) + 1;
    if (const auto pairs = class_shares[0].pairs; static_cast<double>(pairs) < fewest) return fmt::format("{} pairs are too few to say, it takes {}", pairs, fewest);
    const auto parting = first_parting(class_shares, alpha);
    if (!parting) return fmt::format("no quarter up to {} parts them", quarter_name(static_cast<int>(class_shares.size()) / outcome_classes - 1));
    return fmt::format("class shares part in {} ({} {:+.1f} points)", quarter_name(parting->quarter), class_names[parting->class_number], 100 * parting->difference.difference);
}

} // namespace entente
