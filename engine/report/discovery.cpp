#include "discovery.hpp"
#include "../core/csv.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "discovery_words.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {
namespace {

using Side = BoxLimit::Side;

std::string limit_text(const InputColumn& column, const BoxLimit& l, const Box& box)
{
    if (l.side == Side::lower) return fmt::format("{} {}", column.kind == Factor::Kind::number ? ">" : ">=", value_in_words(column, l.at));
    if (l.side == Side::upper) return fmt::format("{} {}", column.kind == Factor::Kind::number ? "<" : "<=", value_in_words(column, l.at));
    std::vector<std::string> inside;
    for (std::size_t k = 0; k < box[l.column].inside.size(); ++k)
        if (box[l.column].inside[k]) inside.push_back(printable_name(column.choices[k]));
    return fmt::format("{}", fmt::join(inside, "|"));
}

std::string head_text(const Found& f, const Looks& looks)
{
    const Searched& s = f.searched;
    const Nouns nouns = nouns_of(s);
    const CaseCount& all = f.discovery.all;
    std::string text = fmt::format("Where it is: {}\n", printable_name(s.of));
    std::string rows = fmt::format("{}: {}, {} that differ", s.from == Searched::From::tables ? printable_name(s.file) : printable_name(s.title),
                                   counted(all.rows, nouns.one, nouns.several), counted(s.cases.columns.size(), "input", "inputs"));
    if (s.from == Searched::From::sweep) rows += fmt::format("; policy {}, {} at each point", printable_name(s.policy), counted(s.replicates, "run", "runs"));
    rows += fmt::format(". {} of {} {} have it, {}.", with_commas(static_cast<std::uint64_t>(std::llround(all.hits))), with_commas(static_cast<std::uint64_t>(all.runs)),
                        nouns.runs, percent(all.density()));
    if (s.runs_left_out > 0) rows += fmt::format(" Left out: {} that failed or were not made.", counted(s.runs_left_out, "run", "runs"));
    if (s.draws > 0)
        rows += s.from == Searched::From::run ? fmt::format(" They share {} draws of the posterior, which are resampled whole.", with_commas(s.draws))
                                              : fmt::format(" They share {} points, which are resampled whole.", with_commas(s.draws));
    if (!s.constant.empty()) rows += fmt::format(" The same in all, and left out: {}.", printable_name(fmt::format("{}", fmt::join(s.constant, ", "))));
    return text + wrapped(rows, looks.width) + "\n";
}

std::string limits_table(const Found& f, const FoundBox& b)
{
    std::size_t name = 5, limit = 5, interval = 13;
    std::vector<std::array<std::string, 5>> rows;
    for (const BoxLimit& l : b.limits) {
        const InputColumn& column = f.searched.cases.columns[l.column];
        std::string range = "-";
        if (l.side != Side::choices) range = fmt::format("{} to {}", value_in_words(column, l.interval.low), value_in_words(column, l.interval.high));
        rows.push_back({printable_name(column.name), limit_text(column, l, b.box), range, percent(l.returns), l.quasi_p < 1e-4 ? "< .0001" : short_number(l.quasi_p, 4)});
        name = std::max(name, rows.back()[0].size()), limit = std::max(limit, rows.back()[1].size()), interval = std::max(interval, rows.back()[2].size());
    }
    std::string text = fmt::format("  {:<{}}  {:<{}}  {:<{}}  {:>10}  {:>7}\n", "input", name, "limit", limit, "90 % interval", interval, "comes back", "quasi-p");
    for (const auto& r : rows) text += fmt::format("  {:<{}}  {:<{}}  {:<{}}  {:>10}  {:>7}\n", r[0], name, r[1], limit, r[2], interval, r[3], r[4]);
    return text;
}

std::string loose_text(const Found& f, const FoundBox& b, const Looks& looks)
{
    if (b.loose.empty()) return "";
    std::vector<std::string> all;
    const Box box = box_at(b.path, b.step);
    for (const BoxLimit& l : b.loose) {
        const InputColumn& column = f.searched.cases.columns[l.column];
        all.push_back(fmt::format("{} {}", printable_name(column.name), limit_text(column, l, box)));
    }
    std::string more;
    if (constexpr std::size_t most = 8; looks.detail == Detail::first && all.size() > most) more = fmt::format(" and {} more", all.size() - most), all.resize(most);
    return wrapped(fmt::format("Taken out, since they do not stand: {}{} (--keep-loose).", fmt::join(all, ", "), more), looks.width);
}

std::string trajectory_text(const Found& f, const FoundBox& b)
{
    std::string text = fmt::format("\n {:>5}{:>9}{:>8}{:>7}{:>9}{:>8}{:>7}  {}\n", "step", nouns_of(f.searched).several, "hits", "mass", "coverage", "density", "inputs", "what changed");
    for (std::size_t i = 0; i < b.path.steps.size(); ++i) {
        const PrimStep& s = b.path.steps[i];
        std::string change;
        if (s.limit != PrimStep::Limit::none) {
            const InputColumn& column = f.searched.cases.columns[s.column];
            using Limit = PrimStep::Limit;
            const bool steps = column.kind != Factor::Kind::number;
            const char* sign = s.limit == Limit::lower ? steps ? ">=" : ">" : s.limit == Limit::upper ? steps ? "<=" : "<" : s.limit == Limit::without ? "without" : "with";
            change = fmt::format("  {}{} {} {}", s.pasted ? "pasted: " : "", printable_name(column.name), sign, value_in_words(column, s.to));
        }
        text += fmt::format("{}{:>5}{:>9}{:>8}{:>7}{:>9}{:>8}{:>7}{}\n", i == b.step ? "*" : " ", i, with_commas(s.in.rows),
                            with_commas(static_cast<std::uint64_t>(std::llround(s.in.hits))), short_number(s.mass, 3), short_number(s.coverage, 3), short_number(s.density, 3),
                            s.restricted, change);
    }
    return text;
}

std::string held_out_text(const FoundBox& b)
{
    const HeldOut& h = b.held_out;
    if (h.halves == 0) return "No half of the rows has enough to find a box in, so that nothing says whether it is luck. ";
    return fmt::format("Boxes found in the same way on half of the rows hold {} on the other half, where all hold {} ({}).{} ", percent(h.density), percent(h.all_density),
                       p_text(h.p), b.stands ? "" : " That is no more than luck finds.");
}

std::string tree_text(const Found& f, const Looks& looks)
{
    if (f.tree.empty()) return "";
    std::string text = "\nThe same as a tree (CART), the greatest share first\n";
    for (const TreeLeaf& leaf : f.tree)
        text += wrapped(fmt::format("  {:>7}  of {:>7}  {}", percent(leaf.share.share), with_commas(leaf.share.runs), printable_name(leaf.text)), looks.width, 21);
    return text;
}

} // namespace

std::string end_text(const Searched& s, const Discovery& d, const DiscoveryOptions& options)
{
    const Nouns nouns = nouns_of(s);
    switch (d.end) {
    case Discovery::End::never: return fmt::format("None of {} {} has it, so that there is nothing to look for.", with_commas(static_cast<std::uint64_t>(d.all.runs)), nouns.runs);
    case Discovery::End::always:
        return fmt::format("All of {} {} have it, so that there is nothing to tell apart.", with_commas(static_cast<std::uint64_t>(d.all.runs)), nouns.runs);
    case Discovery::End::no_inputs: return "No input differs between rows, so that none can bound a box.";
    case Discovery::End::no_better: return d.boxes.empty() ? "No box is better than all rows." : "In the rows that are left no box is better than all of them.";
    case Discovery::End::does_not_stand: return d.boxes.size() == 1 ? "No box stands: do not build on this one." : "The last box does not stand, and no other was looked for.";
    case Discovery::End::not_dense:
        if (options.wanted.by == Wanted::By::step) return fmt::format("The trajectory has no step {}: --all prints those there are.", options.wanted.step);
        return options.wanted.by == Wanted::By::density ? fmt::format("No box is as dense as {}: the densest holds {}.", percent(options.wanted.least), percent(d.best_density))
                                                        : fmt::format("No box covers {}: the most is {}.", percent(options.wanted.least), percent(d.best_coverage));
    case Discovery::End::enough: break;
    }
    return "";
}

std::string text_of(const Found& f, const Looks& looks)
{
    std::string text = head_text(f, looks);
    for (std::size_t i = 0; i < f.discovery.boxes.size(); ++i) {
        const FoundBox& b = f.discovery.boxes[i];
        std::string heading = f.discovery.boxes.size() > 1 ? fmt::format("Box {}. ", i + 1) : "";
        if (b.limits.empty()) {
            text += wrapped(fmt::format("{}None. {} {} of the best box there, none of which comes back on other halves of the rows or keeps out more than luck does. {}", heading,
                                        b.loose.size(), b.loose.size() == 1 ? "limit was found" : "limits were found", held_out_text(b)),
                            looks.width);
            if (looks.detail == Detail::all) text += loose_text(f, b, looks) + trajectory_text(f, b);
            text += "\n";
            continue;
        }
        heading += sentence_of(f.searched, b) + " ";
        text += wrapped(heading + held_out_text(b), looks.width);
        text += "\n" + limits_table(f, b);
        text += loose_text(f, b, looks);
        if (!b.columns.empty())
            text += wrapped(fmt::format("Looked for in {} of {} inputs, those that tell something by themselves or within the box (--every-input).", b.columns.size(),
                                        f.searched.cases.columns.size()),
                            looks.width);
        if (looks.detail == Detail::all) text += trajectory_text(f, b);
        text += "\n";
    }
    if (const std::string end = end_text(f.searched, f.discovery, f.options); !end.empty()) text += wrapped(end, looks.width);
    text += tree_text(f, looks);
    if (!f.discovery.boxes.empty())
        text += "\n"
                + wrapped(fmt::format("Boxes by PRIM (Friedman and Fisher 1999). Limits: 90 % intervals over {} halves of the rows, drawn without replacement; comes back: share "
                                      "of halves whose box has the "
                                      "limit too. Density: Jeffreys. Quasi-p: chance of as many hits without the limit. A box is shown where coverage lies most above what as many "
                                      "rows at random would "
                                      "cover; --density, --coverage and --box take another, --all lists them.",
                                      f.options.resamples),
                          looks.width);
    return text;
}

std::string csv_of(const Found& f)
{
    std::string text = "box,step,chosen,rows,runs,hits,mass,coverage,density,restricted,input,change,to\n";
    for (std::size_t b = 0; b < f.discovery.boxes.size(); ++b) {
        const FoundBox& box = f.discovery.boxes[b];
        for (std::size_t i = 0; i < box.path.steps.size(); ++i) {
            const PrimStep& s = box.path.steps[i];
            static constexpr const char* limits[] = {"", "lower", "upper", "without", "with"};
            text += fmt::format("{},{},{},{},{},{},{},{},{},{},", b + 1, i, i == box.step ? "true" : "false", s.in.rows, s.in.runs, s.in.hits, s.mass, s.coverage, s.density, s.restricted);
            if (s.limit == PrimStep::Limit::none) {
                text += ",,\n";
                continue;
            }
            const InputColumn& column = f.searched.cases.columns[s.column];
            text += fmt::format("{},{},{}\n", csv_cell(column.name), limits[static_cast<std::size_t>(s.limit)],
                                column.kind == Factor::Kind::number || column.kind == Factor::Kind::whole ? fmt::format("{}", s.to)
                                : column.kind == Factor::Kind::date                                       ? quarter_name(static_cast<int>(s.to))
                                                                                                          : csv_cell(column.choices[static_cast<std::size_t>(s.to)]));
        }
    }
    return text;
}

} // namespace entente::report
