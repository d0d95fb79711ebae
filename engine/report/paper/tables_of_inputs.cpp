// Tables of what drives outcomes, and of what numbers hang on.
#include "../../core/quarter.hpp"
#include "../../core/text.hpp"
#include "../discovery.hpp"
#include "../discovery_words.hpp"
#include "../numbers.hpp"
#include "../words.hpp"
#include "tables.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace entente::report {
namespace {

constexpr std::size_t most_inputs = 10, least_inputs = 3;
constexpr double moves = 0.005; ///< half a point of a share

PaperCell percent_cell(const Index& i) { return interval_cell(i.value, i.low, i.high, 100, 1); }

/// By what inputs of an outcome are ordered, and which of them are zero within error.
struct Ordered {
    std::vector<Index> by;
    std::vector<bool> zero;
    std::vector<std::size_t> rows; ///< the largest first
};
Ordered ordered_inputs(const OutcomeIndices& o)
{
    Ordered all;
    if (o.sobol) all.by = o.sobol->total;
    else if (o.morris)
        for (const auto& f : o.morris->factors) all.by.push_back(f.mu_star);
    else if (o.given && !o.given->first.empty()) all.by = o.given->strongest(), all.zero = o.given->zero();
    if (all.zero.empty())
        for (const Index& i : all.by) all.zero.push_back(is_no_share(held_among(i, all.by.size())));
    all.rows.resize(all.by.size());
    std::iota(all.rows.begin(), all.rows.end(), std::size_t{0});
    std::ranges::stable_sort(all.rows, [&](std::size_t a, std::size_t b) { return std::isnan(all.by[b].value) ? !std::isnan(all.by[a].value) : all.by[a].value > all.by[b].value; });
    return all;
}

std::vector<PaperColumn> index_columns(SensitivityRows::Layout layout)
{
    switch (layout) {
    case SensitivityRows::Layout::saltelli:
        return {{"Alone", "%", {"first_order", "first_order_low", "first_order_high"}}, {"With others", "%", {"total", "total_low", "total_high"}}};
    case SensitivityRows::Layout::morris:
        return {{"Mean size of effects", "", {"mu_star", "mu_star_low", "mu_star_high"}}, {"Mean", "", {"mu", "mu_low", "mu_high"}}, {"Spread", "", {"sigma", "sigma_low", "sigma_high"}}};
    case SensitivityRows::Layout::given: break;
    }
    return {{"Alone", "%", {"first_order", "first_order_low", "first_order_high"}},
            {"Curve", "%", {"curve", "curve_low", "curve_high"}},
            {"PAWN", "", {"pawn", "pawn_noise"}},
            {"KS", "", {"ks", "ks_p", "ks_direction"}}};
}

std::vector<PaperCell> index_cells(const OutcomeIndices& o, SensitivityRows::Layout layout, std::size_t k)
{
    const double none = std::nan("");
    if (layout == SensitivityRows::Layout::saltelli) return {percent_cell(o.sobol->first[k]), percent_cell(o.sobol->total[k])};
    if (layout == SensitivityRows::Layout::morris) {
        const MorrisEffects::Factor& f = o.morris->factors[k];
        const auto cell = [](const Index& i) { return interval_cell(i.value, i.low, i.high, 1, 3); };
        return {cell(f.mu_star), cell(f.mu), cell(f.sigma)};
    }
    const GivenIndices& g = *o.given;
    std::vector<PaperCell> cells = {percent_cell(g.first[k]), percent_cell(g.curve[k])};
    if (g.pawn.empty()) cells.push_back({"–", {none, none}});
    else cells.push_back({fmt::format("{:.2f}{}", g.pawn[k].median, g.pawn[k].is_zero() ? "°" : ""), {g.pawn[k].median, g.pawn[k].noise}});
    if (g.regional.empty()) cells.push_back({"–", {none, none, none}});
    else {
        const Regional& r = g.regional[k];
        const bool zero = r.p * static_cast<double>(g.regional.size()) > 0.05;
        cells.push_back({fmt::format("{:.2f}{}", r.distance,
                                     zero              ? "°"
                                     : r.direction > 0 ? " +"
                                     : r.direction < 0 ? " −"
                                                       : ""),
                         {r.distance, r.p, static_cast<double>(r.direction)}});
    }
    return cells;
}

const char* index_note(SensitivityRows::Layout layout)
{
    switch (layout) {
    case SensitivityRows::Layout::saltelli:
        return "% of the outcome's variance. Alone: first-order index. With others: total index (Jansen 1999). Intervals: 95 % bootstrap over base rows.";
    case SensitivityRows::Layout::morris:
        return "Effects of moving a factor over its whole range, in the outcome's unit (Morris 1991). Intervals: 95 % bootstrap over trajectories.";
    case SensitivityRows::Layout::given: break;
    }
    return "% of the variance between futures that an input explains alone: by its ranks or levels, and by a parabola or levels (curve); intervals: 95 % bootstrap. PAWN: median "
           "Kolmogorov-Smirnov distance over slices. KS: distance of the input's values where the outcome holds from those where it does not; +: higher there, −: lower. °: no "
           "more than what an input "
           "without effect shows.";
}

/// "0.31 or more", "pawn or limits".
std::string limit_text(const Boxes& b, const FoundBox& box, const BoxLimit& l)
{
    const InputColumn& column = b.searched.cases.columns[l.column];
    if (l.side != BoxLimit::Side::choices) return fmt::format("{} {}", l.side == BoxLimit::Side::lower ? "≥" : "≤", value_in_words(column, l.at));
    std::string out;
    const Limits &limits = box.box[l.column], &start = box.path.start[l.column];
    for (std::size_t k = 0; k < limits.inside.size(); ++k)
        if (start.inside[k] && limits.inside[k]) out += (out.empty() ? "" : " or ") + printable_name(column.choices[k]);
    return out;
}

} // namespace

PaperTable table_of_sensitivity(const SensitivityStudy& study, const Origin& o)
{
    const Sensitivity& s = study.found;
    PaperTable t{.name = s.layout == SensitivityRows::Layout::given ? "sensitivity" : "indices",
                 .title = fmt::format("Which inputs drive what comes: {}", o.scenario),
                 .note = {},
                 .columns = {{"Outcome", "", {"outcome"}, Align::text}, {"Input", "", {"input"}, Align::text}, {"", "", {"sets"}, Align::none}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    for (PaperColumn& c : index_columns(s.layout)) t.columns.push_back(std::move(c));
    t.columns.push_back({"Rank", "", {"rank_best", "rank_worst"}});
    t.columns.push_back({"", "", {"zero_within_error"}, Align::none});
    std::size_t hidden = 0;
    for (const OutcomeIndices& of : s.outcomes) {
        if (!of.fault.empty() || of.is_always_the_same) continue;
        const Ordered inputs = ordered_inputs(of);
        const std::vector<Rank> ranks = ranks_among(inputs.by);
        std::size_t shown = 0;
        for (const std::size_t k : inputs.rows) {
            const bool shows = shown < most_inputs && (!inputs.zero[k] || shown < least_inputs);
            shown += shows ? 1 : 0, hidden += shows ? 0 : 1;
            PaperRow row{{words_cell(of.outcome), words_cell(s.inputs[k].name), words_cell(s.inputs[k].sets)}, shows ? PaperRow::For::all : PaperRow::For::programs};
            for (PaperCell& cell : index_cells(of, s.layout, k)) row.cells.push_back(std::move(cell));
            const Rank r = ranks[k];
            row.cells.push_back({r.best == 0     ? "–"
                                 : r.is_shared() ? fmt::format("{}–{}", r.best, r.worst)
                                                 : fmt::format("{}", r.best),
                                 {static_cast<double>(r.best), static_cast<double>(r.worst)}});
            row.cells.push_back(exact_cell(inputs.zero[k] ? 1 : 0));
            t.rows.push_back(std::move(row));
        }
    }
    t.note = fmt::format("{} {} of the bootstrap. Rank: places that cannot be told apart in 95 % of the cases. Of {}. {}{}", index_note(s.layout),
                         counted(study.asked.resampling.resamples, "resample", "resamples"), study.rows,
                         hidden > 0 ? fmt::format("{} are in the CSV alone. ", counted(hidden, "smaller one", "smaller ones")) : "", origin_text(o));
    return t;
}

PaperTable table_of_boxes(const Boxes& b, const Origin& o)
{
    const Nouns nouns = nouns_of(b.searched);
    PaperTable t{.name = "boxes",
                 .title = fmt::format("Where {} is frequent: {}", b.searched.of, o.scenario),
                 .note = {},
                 .columns = {{"Box", "", {"box", "density", "density_low", "density_high", "coverage", "mass", "held_out_density", "held_out_p"}, Align::text},
                             {"Input", "", {"input", "meaning"}, Align::prose, 0.5},
                             {"Limit", "", {"limit"}, Align::text},
                             {"90 % interval", "", {"limit_low", "limit_high"}},
                             {"quasi-p", "", {"quasi_p"}}},
                 .rows = {},
                 .groups = PaperTable::Groups::by_first};
    std::size_t number = 0;
    for (const FoundBox& box : b.discovery.boxes) {
        ++number;
        const HeldOut& h = box.held_out;
        const PaperCell of_box{fmt::format("Box {}{}: {} of its {} have it ({} to {}); it holds {} of all that do, and {} of all {}. On rows that it was not found in {}, {}.",
                                           number, box.stands ? "" : ", which may be luck", percent(box.density.estimate), nouns.runs, share_text(box.density.low),
                                           share_text(box.density.high), percent(box.coverage), percent(box.mass), nouns.several, percent(h.density), p_text(h.p)),
                               {static_cast<double>(number), box.density.estimate, box.density.low, box.density.high, box.coverage, box.mass, h.density, h.p}};
        for (const BoxLimit& l : box.limits) {
            const InputColumn& column = b.searched.cases.columns[l.column];
            const std::string meaning = meaning_of_input(column);
            const bool choice = l.side == BoxLimit::Side::choices;
            const double none = std::nan("");
            t.rows.push_back({{of_box,
                               {meaning.empty() ? column.name : fmt::format("{} ({})", meaning, column.name), {column.name, meaning}},
                               words_cell(limit_text(b, box, l)),
                               {choice ? "–" : fmt::format("{}–{}", value_in_words(column, l.interval.low), value_in_words(column, l.interval.high)),
                                {choice ? none : l.interval.low, choice ? none : l.interval.high}},
                               {l.quasi_p < 0.001 ? "< .001" : short_number(l.quasi_p, 3), {l.quasi_p}}}});
        }
    }
    t.note = fmt::format("{}Of all {} {} have it. In brackets: 95 % interval. Rows that it was not found in: halves of all, and the chance of as many without any box. 90 % "
                         "interval of a limit: over {} halves. "
                         "Quasi-p: chance of as many without this limit (Bryant and Lempert 2010). Boxes by PRIM (Friedman and Fisher 1999). {}",
                         t.rows.empty() ? "None was found. " : "", nouns.runs, percent(b.discovery.all.density()), b.options.resamples, origin_text(o));
    return t;
}

PaperTable table_of_conventions(const DatedConventions& dated, const Origin& o)
{
    const Conventions& c = dated.conventions;
    PaperTable t{.name = "conventions",
                 .title = fmt::format("Shares in {} under other weights and thresholds of the classes: {}", quarter_name(dated.date), o.scenario),
                 .note = {},
                 .columns = {{"Convention", "", {"convention"}, Align::text}},
                 .rows = {}};
    for (const int k : class_order)
        t.columns.push_back({std::string(class_names[k]), "", {std::string(class_names[k]), fmt::format("{}_low", class_names[k]), fmt::format("{}_high", class_names[k])}});
    for (const int k : {1, 2}) {
        const std::string name(orientation_names[k]);
        t.columns.push_back({words_of(name), "", {name, name + "_low", name + "_high"}});
    }
    PaperRow own{{{"the scenario's own, %", {std::string("own")}}}}, joint{{{"all at once, 5–95 %", {std::string("joint")}}}};
    const double none = std::nan("");
    const auto add = [&](double share, const Band& band) {
        own.cells.push_back({share_text(share), {share, none, none}});
        joint.cells.push_back({band_cell(band).shown, {none, band.low, band.high}});
    };
    for (const int k : class_order) add(c.classes[static_cast<std::size_t>(k)], c.class_range[static_cast<std::size_t>(k)]);
    for (const std::size_t k : {std::size_t{1}, std::size_t{2}}) add(c.orientations[k], c.orientation_range[k]);
    t.rows.push_back(std::move(own));
    if (c.joint > 0) t.rows.push_back(std::move(joint));
    const auto most = [](const ConventionRow& row) {
        double m = 0;
        for (const std::vector<Effect>* const of : {&row.classes, &row.orientations})
            for (const Effect& e : *of) m = std::max(m, std::abs(e.mean));
        return m;
    };
    std::vector<const ConventionRow*> rows;
    for (const ConventionRow& row : c.single) rows.push_back(&row);
    std::ranges::stable_sort(rows, std::greater<>(), [&](const ConventionRow* row) { return most(*row); });
    const auto moved = [](const Effect& e) { return PaperCell{e.low > 0 || e.high < 0 ? fmt::format("{:+.1f}", 100 * e.mean) : "·", {e.mean, e.low, e.high}}; };
    for (const ConventionRow* const row : rows) {
        PaperRow out{{words_cell(row->convention.text)}, most(*row) >= moves ? PaperRow::For::all : PaperRow::For::programs};
        for (const int k : class_order) out.cells.push_back(moved(row->classes[static_cast<std::size_t>(k)]));
        for (const std::size_t k : {std::size_t{1}, std::size_t{2}}) out.cells.push_back(moved(row->orientations[k]));
        t.rows.push_back(std::move(out));
    }
    t.note = fmt::format("Below the first two rows: change in points when one convention moves; · is no more than chance. Thresholds move by {:g}, weights by {:.0f} % and are "
                         "then made to sum to what they did. "
                         "All at once: {} draws. Nothing is simulated again. {}",
                         threshold_step, 100 * weight_step, c.joint, origin_text(o));
    return t;
}

PaperTable table_of_convergence(const RunConvergence& c, const Origin& o)
{
    PaperTable t{.name = "convergence",
                 .title = fmt::format("How shares changed as futures were added: {}", o.scenario),
                 .note = {},
                 .columns = {{"Share of futures", "", {"quantity"}, Align::text}},
                 .rows = {}};
    for (const std::uint32_t look : c.looks) {
        const std::string n = fmt::format("n{}", look);
        t.columns.push_back({with_commas(look), "%", {n, n + "_low", n + "_high"}});
    }
    t.columns.push_back({fmt::format("for ±{:g}", 100 * c.within), "futures", {"needed", "needed_at_most"}});
    const int report = report_quarter(c.horizon);
    for (const GrowingShare& g : c.shares) {
        const bool shown = g.of != GrowingShare::Of::event && g.date == report;
        PaperRow row{{words_cell(g.quantity)}, shown ? PaperRow::For::all : PaperRow::For::programs};
        for (const Share& share : g.at) row.cells.push_back(share_cell(share));
        row.cells.push_back({with_commas(g.needed), {static_cast<double>(g.needed), static_cast<double>(g.needed_at_most)}});
        t.rows.push_back(std::move(row));
    }
    t.note = fmt::format("The first futures of one ensemble, each look holding the one before; ± is half the 95 % Jeffreys interval. {} of {} later estimates lie in an earlier "
                         "interval, where {:.1f} are to be expected. "
                         "Last column: futures that it takes to know the share to ±{:g} points. Other dates and events are in the CSV alone. {}",
                         c.held.held, c.held.pairs, c.held.expected, 100 * c.within, origin_text(o));
    return t;
}

} // namespace entente::report
