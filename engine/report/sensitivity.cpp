#include "sensitivity.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <numeric>

namespace entente::report {
namespace {

using Layout = SensitivityRows::Layout;

/// "12.3", "0.42": in % of a variance.
std::string percent(double share)
{
    const double p = 100 * share;
    if (std::isnan(p)) return "-";
    const std::string text = fmt::format("{:.{}f}", p, std::abs(p) >= 9.95 ? 0 : 1);
    return text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos ? text.substr(1) : text;
}
std::string number(double x)
{
    if (std::isnan(x)) return "-";
    if (x == 0) return "0";
    const double size = std::abs(x);
    return size >= 1e5 || size < 1e-3 ? fmt::format("{:.2g}", x) : fmt::format("{:.{}f}", x, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
template <class Text> std::string with_interval(const Index& index, Text text)
{
    return index.has_interval() ? fmt::format("{:>5} {:>13}", text(index.value), fmt::format("({} to {})", text(index.low), text(index.high)))
                                : fmt::format("{:>5} {:>13}", text(index.value), "");
}
std::string wide_interval(const Index& i) { return fmt::format("{} {:>18}", number(i.value), i.has_interval() ? fmt::format("({} to {})", number(i.low), number(i.high)) : ""); }
/// Of normal intervals.
std::string plus_minus_text(const Index& i, Signs signs)
{
    if (!i.has_interval()) return percent(i.value);
    const double half = 100 * (i.high - i.low) / 2;
    return fmt::format("{} {}{:.{}f}", percent(i.value), plus_minus(signs), half, half >= 9.95 ? 0 : 1);
}
std::string rank_text(const Rank& rank) { return rank.best == 0 ? "-" : rank.is_shared() ? fmt::format("{}-{}", rank.best, rank.worst) : fmt::format("{}", rank.best); }

std::string cut(std::string_view name, std::size_t width)
{
    const std::string safe = printable_name(name);
    return safe.size() <= width ? safe : safe.substr(0, width - 2) + "..";
}
constexpr std::size_t name_width = 24;

/// What inputs are ordered by, whatever the method; zero: cannot be told from nothing.
struct Order {
    std::vector<Index> by;
    std::vector<bool> zero;
};
Order order_of(const OutcomeIndices& o)
{
    Order order;
    if (o.sobol) order.by = o.sobol->total;
    else if (o.morris)
        for (const auto& f : o.morris->factors) order.by.push_back(f.mu_star);
    else if (o.given && !o.given->first.empty()) order.by = o.given->strongest(), order.zero = o.given->zero();
    else if (o.given && !o.given->pawn.empty())
        for (const Pawn& p : o.given->pawn) order.by.push_back({p.median, no_number, no_number}), order.zero.push_back(p.is_zero());
    else if (o.given && !o.given->delta.empty())
        for (const Delta& d : o.given->delta) order.by.push_back(d.index), order.zero.push_back(d.is_zero());
    else if (o.given)
        for (const Regional& r : o.given->regional)
            order.by.push_back({r.distance, no_number, no_number}), order.zero.push_back(r.p * static_cast<double>(o.given->regional.size()) > 0.05);
    if (order.zero.empty())
        for (const Index& i : order.by) order.zero.push_back(is_no_share(held_among(i, order.by.size())));
    return order;
}

/// A column: its two head lines, and a cell for each input.
struct Column {
    std::string head;
    std::size_t width;
    std::vector<std::string> cells;
};
std::vector<Column> columns_of(const OutcomeIndices& o, Signs signs)
{
    std::vector<Column> all;
    const auto add = [&](const char* head, std::size_t width, const auto& list, auto cell) {
        Column column{head, width, {}};
        for (const auto& one : list) column.cells.push_back(cell(one));
        all.push_back(std::move(column));
    };
    const auto share = [](const Index& i) { return with_interval(i, percent); };
    if (o.sobol) {
        add("alone", 19, o.sobol->first, share);
        add("with others", 19, o.sobol->total, share);
    }
    if (o.morris) {
        add("mean size", 27, o.morris->factors, [](const auto& f) { return wide_interval(f.mu_star); });
        add("mean", 8, o.morris->factors, [](const auto& f) { return number(f.mu.value); });
        add("spread", 8, o.morris->factors, [](const auto& f) { return number(f.sigma.value); });
    }
    if (!o.given) return all;
    if (!o.given->first.empty()) {
        const auto about = [&](const Index& i) { return plus_minus_text(i, signs); };
        add("alone", 10, o.given->first, about);
        add("curve", 10, o.given->curve, about);
    }
    if (!o.given->pawn.empty()) add("PAWN", 6, o.given->pawn, [](const Pawn& p) { return fmt::format("{:.2f}{}", p.median, p.is_zero() ? "o" : " "); });
    if (!o.given->delta.empty()) add("delta", 6, o.given->delta, [](const Delta& d) { return fmt::format("{:.2f}{}", d.index.value, d.is_zero() ? "o" : " "); });
    if (!o.given->regional.empty())
        add("KS", 7, o.given->regional, [&](const Regional& r) {
            const bool zero = r.p * static_cast<double>(o.given->regional.size()) > 0.05;
            return fmt::format("{:.2f}{}", r.distance, zero ? "o " : r.direction > 0 ? " +" : r.direction < 0 ? " -" : "  ");
        });
    return all;
}

std::string head_of(const OutcomeIndices& o, std::size_t replicates)
{
    std::string text = fmt::format("\n{}\n", printable_name(o.outcome));
    if (!o.fault.empty()) return text + fmt::format("  no indices: {}\n", o.fault);
    text += fmt::format("  mean {}, standard deviation {}, {} rows", number(o.mean), number(std::sqrt(o.variance)), with_commas(o.rows));
    if (o.failed > 0) text += fmt::format("; {} left out: runs failed", with_commas(o.failed));
    text += "\n";
    if (o.is_always_the_same) return text + "  always the same: nothing differs that an input could explain\n";
    if (replicates > 1 && !std::isnan(o.seed.share.value))
        text += fmt::format("  luck (the seed): {} %{} of a run's variance, blamed on no factor\n", percent(o.seed.share.value),
                            o.seed.share.has_interval() ? fmt::format(" ({} to {})", percent(o.seed.share.low), percent(o.seed.share.high)) : "");
    return text;
}

std::string table_of(const OutcomeIndices& o, const Sensitivity& s, std::size_t shown, Signs signs)
{
    const Order order = order_of(o);
    if (order.by.empty()) return "";
    const std::vector<Rank> ranks = ranks_among(order.by);
    std::vector<std::size_t> by_size(order.by.size());
    std::iota(by_size.begin(), by_size.end(), std::size_t{0});
    std::ranges::stable_sort(by_size, [&](std::size_t a, std::size_t b) {
        const double x = order.by[a].value, y = order.by[b].value;
        return std::isnan(y) ? !std::isnan(x) : x > y;
    });
    const std::vector<Column> columns = columns_of(o, signs);
    std::string text = fmt::format("  {:<{}}", o.morris ? "effect over the whole range" : "% of the variance", name_width);
    for (const Column& c : columns) text += fmt::format(" {:>{}}", c.head, c.width);
    text += "  rank\n";
    std::size_t rows = 0, zero = 0, more = 0;
    for (const std::size_t k : by_size) {
        if (shown > 0 && (rows >= shown || (order.zero[k] && rows >= std::min<std::size_t>(shown, 3)))) {
            (order.zero[k] ? zero : more) += 1;
            continue;
        }
        ++rows;
        text += fmt::format("  {:<{}}", cut(s.inputs[k].name, name_width), name_width);
        for (const Column& c : columns) text += fmt::format(" {:>{}}", c.cells[k], c.width);
        text += fmt::format("  {}{}\n", rank_text(ranks[k]), order.zero[k] ? ", zero" : "");
    }
    if (more > 0) text += fmt::format("  {} more\n", with_commas(more));
    if (zero > 0) text += fmt::format("  {} more: zero within error\n", with_commas(zero));
    return text;
}

std::string pairs_of(const OutcomeIndices& o, const Sensitivity& s, std::size_t shown)
{
    if (!o.sobol || o.sobol->pairs.empty()) return "";
    std::vector<SobolIndices::PairIndex> pairs = o.sobol->pairs;
    std::ranges::stable_sort(pairs, [](const auto& a, const auto& b) { return a.second.value > b.second.value; });
    std::string text;
    std::size_t rows = 0;
    for (const auto& p : pairs) {
        if (is_no_share(held_among(p.second, pairs.size())) || (shown > 0 && rows >= shown)) continue;
        text += fmt::format("  {:<{}} {:>19}\n", cut(s.inputs[p.a].name + " x " + s.inputs[p.b].name, name_width + 20), name_width + 20, with_interval(p.second, percent));
        ++rows;
    }
    return fmt::format("  what pairs add beyond each alone: {}\n{}",
                       rows == 0 ? "zero within error, all of them" : fmt::format("{} of {} pairs are not zero within error", rows, pairs.size()), text);
}

std::string groups_text(const OutcomeIndices& o, const Sensitivity& s)
{
    std::string text;
    const auto members = [&](std::size_t g) {
        std::vector<std::string> names;
        for (const std::size_t k : s.groups[g].inputs) names.push_back(s.inputs[k].name);
        return counted(names.size(), "input", "inputs");
    };
    for (std::size_t g = 0; g < s.groups.size(); ++g) {
        const std::string name = cut(fmt::format("{} ({})", s.groups[g].name, members(g)), 36);
        if (s.groups[g].inputs.empty()) {
            text += fmt::format("  {}: none of the inputs\n", cut(s.groups[g].name, 36));
            continue;
        }
        if (o.sobol) text += fmt::format("  {:<36} {:>19} {:>19}\n", name, with_interval(o.sobol->groups[g].alone, percent), with_interval(o.sobol->groups[g].total, percent));
        else if (o.given && !o.given->groups.empty())
            text += fmt::format("  {:<36} {:>19}{}\n", name, with_interval(o.given->groups[g], percent), is_no_share(held_among(o.given->groups[g], s.groups.size())) ? "  zero" : "");
    }
    if (text.empty()) return "";
    return fmt::format("  {}\n{}", o.sobol ? fmt::format("{:<36} {:>19} {:>19}", "groups", "at least", "at most") : fmt::format("{:<36} {:>19}", "groups, by regression", "together"), text);
}

std::string rest_of(const OutcomeIndices& o, const SensitivityStudy& study)
{
    std::string text;
    if (o.sobol) text += fmt::format("  {:<{}} {:>19}   the rest is interaction\n", "all factors, each alone", name_width, with_interval(o.sobol->additive, percent));
    if (o.given && !std::isnan(o.given->together.value)) {
        const Index& t = o.given->together;
        text += fmt::format("  {:<{}} {:>19}   by regression{}\n", "all inputs together", name_width, with_interval(t, percent), o.given->squares ? ", with squares" : "");
        if (!o.sobol && study.found.replicates == 1)
            text += fmt::format("  {:<{}} {:>19}   luck and what regression misses\n", "no input", name_width,
                                with_interval({std::min(1.0, 1 - t.value), std::max(0.0, 1 - t.high), std::min(1.0, 1 - t.low)}, percent));
    }
    if (o.given && o.given->split) text += fmt::format("  KS: inputs of rows above {}, against the others\n", number(*o.given->split));
    return text;
}

/// Dates across, at most seven of them.
std::string series_text(const SeriesIndices& series, const Sensitivity& s, std::size_t shown)
{
    if (series.first.empty()) return "";
    const std::vector<Index>& by = series.total.empty() ? series.first : series.total;
    std::vector<std::size_t> order(by.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return by[a].value > by[b].value; });
    std::vector<std::size_t> dates;
    const std::size_t n = series.quarters.size(), wanted = std::min<std::size_t>(n, 5);
    for (std::size_t i = 0; i < wanted; ++i) dates.push_back(wanted < 2 ? 0 : i * (n - 1) / (wanted - 1));
    std::string text = fmt::format("\n{} over time: % of the variance that each explains {}\n  {:<{}} {:>19}", printable_name(series.name),
                                   series.total.empty() ? "alone" : "with others", "", name_width, counted(n, "date together", "dates together"));
    for (const std::size_t d : dates) text += fmt::format(" {:>6}", quarter_name(series.quarters[d]));
    text += "\n";
    std::size_t rows = 0;
    for (const std::size_t k : order) {
        if (shown > 0 && rows++ >= shown) break;
        text += fmt::format("  {:<{}} {:>19}", cut(s.inputs[k].name, name_width), name_width, with_interval(by[k], percent));
        for (const std::size_t d : dates) {
            const OutcomeIndices& o = s.outcomes[series.outcomes[d]];
            const std::vector<Index>* const at = o.sobol ? &o.sobol->total : o.given ? &o.given->first : nullptr;
            text += fmt::format(" {:>6}", at && k < at->size() ? percent((*at)[k].value) : "-");
        }
        text += "\n";
    }
    return text;
}

std::string footer(const SensitivityStudy& study, const Looks& looks)
{
    const Sensitivity& s = study.found;
    bool first = false, pawn = false, delta = false, regional = false;
    for (const OutcomeIndices& o : s.outcomes)
        if (o.given) first |= !o.given->first.empty(), pawn |= !o.given->pawn.empty(), delta |= !o.given->delta.empty(), regional |= !o.given->regional.empty();
    std::string text = "\n";
    const auto say = [&](const std::string& sentence) { text += wrapped(sentence, looks.width); };
    if (s.layout == Layout::saltelli)
        say(fmt::format("Alone: first-order index ({}). With others: total index (Jansen 1999). In brackets: 95 % bootstrap over base rows, {} resamples, seed {}.{}",
                        s.second_order ? "Owen's 2013 difference form" : "Saltelli et al. 2010", with_commas(study.asked.resampling.resamples), study.asked.resampling.seed,
                        s.replicates > 1 ? fmt::format(" Indices are of the mean over {} replicates, which share their random numbers between points.", s.replicates) : ""));
    if (s.layout == Layout::saltelli && !s.groups.empty())
        say("Groups: at least what its factors explain alone, at most what they take part in; a design that moves a group as one would say where between.");
    if (s.layout == Layout::morris)
        say(fmt::format(
            "Effects (Morris 1991): mean of their sizes, mean, and spread, which is what hangs on the other factors. In brackets: 95 % bootstrap over trajectories, {} resamples.",
            with_commas(study.asked.resampling.resamples)));
    if (first)
        say(fmt::format("Alone: share of variance that an input explains by itself, {}. Curve: what a parabola in it explains, which sees less and is surer. 95 % normal "
                        "intervals, each by itself. Order and rank go by the curve, but where ranks surely see more.",
                        s.is_net ? "by the variance between slices of it or its values (neighbours in a Sobol' sequence are not as if drawn)"
                                 : "by ranks (Gamboa et al. 2022), of choices and few values by the variance between them"));
    if (study.drawn_together) say("The parameters come from one posterior and hang together: what two share is counted for both.");
    if (pawn)
        say(fmt::format("PAWN: median distance between the outcome's distribution in a slice of the input and over all runs, {} slices; o: as much comes in more than 1 of 20 "
                        "cases from as many dummies as there are inputs, which do nothing.",
                        study.asked.slices));
    if (delta) say("delta: Borgonovo's, half the mean distance of densities, bias taken off by a bootstrap; o: as of PAWN.");
    if (regional)
        say("KS: distance between the input's distribution where the outcome holds and where not; + higher, - lower where it holds; o: chance alone would do (p, times the number "
            "of inputs, above .05).");
    if (s.layout != Layout::given && s.replicates == 1) say("One replicate: which share is luck cannot be told; `replicates` under [design] asks for more.");
    say(fmt::format("Rank: 1 is the largest; 2-4 cannot be told apart. zero: within error. Both are judged for all {} inputs of an outcome at once, at 5 % together (Bonferroni).",
                    s.inputs.size()));
    return text;
}

} // namespace

std::string text_of(const SensitivityStudy& study, std::size_t shown, const Looks& looks)
{
    const Sensitivity& s = study.found;
    std::string text = wrapped(fmt::format("What drives the outcomes: {}", printable_name(study.title)), looks.width);
    text += wrapped(fmt::format("{}, {}{}", study.rows, counted(s.inputs.size(), "input", "inputs"),
                                s.constant.empty() ? "" : fmt::format("; left out since they never differ: {}", fmt::join(s.constant, ", "))),
                    looks.width);
    if (!study.given.empty())
        text += wrapped(fmt::format("Given: {}; {} of {} runs", printable_name(study.given), with_commas(s.rows), with_commas(study.given_from)), looks.width);
    for (std::size_t o = 0; o < s.outcomes.size(); ++o) {
        const OutcomeIndices& of = s.outcomes[o];
        const bool in_long_series = std::ranges::any_of(
            s.series, [&](const SeriesIndices& series) { return series.outcomes.size() > 8 && std::ranges::find(series.outcomes, o) != series.outcomes.end(); });
        if (in_long_series) continue;
        text += head_of(of, s.replicates);
        if (!of.fault.empty() || of.is_always_the_same) continue;
        text += table_of(of, s, shown, looks.signs) + rest_of(of, study) + pairs_of(of, s, shown) + groups_text(of, s);
    }
    for (const SeriesIndices& series : s.series) text += series_text(series, s, shown);
    return text + footer(study, looks);
}

} // namespace entente::report
