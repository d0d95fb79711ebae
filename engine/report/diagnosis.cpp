#include "diagnosis.hpp"
#include "../calibrate/convergence.hpp"
#include "../core/text.hpp"
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {
namespace {

constexpr double unlikely = 0.05;
constexpr std::size_t most_listed = 8;

std::string number(double x) { return std::isfinite(x) ? fmt::format("{:.3g}", x) : "-"; }
std::string probability(double p) { return std::isnan(p) ? "-" : p < 0.001 ? "<0.001" : fmt::format("{:.{}f}", p, p < 0.1 ? 3 : 2); }
std::string probability(const std::optional<double>& p) { return p ? probability(*p) : "-"; }
std::string whole(double x) { return std::isfinite(x) ? fmt::format("{:.0f}", x) : "-"; }

/// A name and what follows it, on a line of its own if it is too long for its column.
std::string row(const std::string& name, std::size_t width, const std::string& rest)
{
    return name.size() > width ? fmt::format("{}\n{:<{}}{}\n", name, "", width, rest) : fmt::format("{:<{}}{}\n", name, width, rest);
}

/// What a column of a table means.
std::string explained(const std::string& column, const std::string& meaning, const Looks& looks)
{
    constexpr std::size_t indent = 12;
    return fmt::format("  {:<{}}", column, indent - 2) + wrapped(meaning, looks.width, indent, indent);
}

template <class Rows, class Holds, class Name> std::vector<std::string> names_where(const Rows& rows, Holds holds, Name name)
{
    std::vector<std::string> names;
    for (const auto& r : rows)
        if (holds(r)) names.push_back(name(r));
    return names;
}
const std::string& name_of(const ParameterDiagnosis& d) { return d.parameter.name; }
std::string listed(const std::string& before, const std::vector<std::string>& names, const Looks& looks)
{
    return names.empty() ? "" : wrapped(fmt::format("{}: {}.", before, fmt::join(names, ", ")), looks.width, 2);
}

std::string head(const Diagnosis& d, const Posterior& p, const std::string& path, const Looks& looks)
{
    const std::size_t draws = d.chains * d.draws;
    std::string text = wrapped(fmt::format("{}: {} ({})", p.name, p.title, printable_name(path)), looks.width, 2);
    text += wrapped(fmt::format("{} in {} by {}, of which {} differ, from {}. It ended: {}.", counted(draws, "draw", "draws"), counted(d.chains, "chain", "chains"), p.method,
                                with_commas(d.different), counted(p.runs, "run", "runs"), p.stopped),
                    looks.width);
    text += "\nCan the draws be trusted as a sample?\n";
    if (d.trusted) return text + wrapped("Yes: the chains agree (R-hat below 1.01), and say as much as 400 independent draws or more.", looks.width, 2, 0);
    const auto apart = names_where(
        d.parameters, [](const ParameterDiagnosis& q) { return !(q.trust.rhat < most_rhat); }, name_of);
    const auto few = names_where(
        d.parameters, [](const ParameterDiagnosis& q) { return !(q.trust.ess_bulk >= least_ess && q.trust.ess_tail >= least_ess); }, name_of);
    const auto of_structure = [](const StructureDiagnosis& s) { return s.structure.name; };
    const auto readings = names_where(
        d.structures, [](const StructureDiagnosis& s) { return s.rhat >= most_rhat || s.effective < least_ess; }, of_structure);
    text += "No: more chains, or longer ones, are needed before their numbers are used.\n";
    text += listed("  The chains do not agree (R-hat 1.01 or more, or a parameter that never moved) on", apart, looks);
    text += listed("  Worth fewer than 400 independent draws, in the middle or at the ends", few, looks);
    return text + listed("  The same of readings", readings, looks);
}

std::string tables_of_parameters(const Diagnosis& d, const Looks& looks)
{
    constexpr std::size_t width = 16;
    std::string text = "\nParameters            prior                     posterior\n                 5 %  median    95 %      5 %  median    95 %     mean       sd\n";
    for (const ParameterDiagnosis& q : d.parameters)
        text += row(name_of(q), width - 4,
                    fmt::format("{:>8}{:>8}{:>8} {:>8}{:>8}{:>8} {:>8} {:>8}", number(q.prior.low), number(q.prior.median), number(q.prior.high), number(q.posterior.low),
                                number(q.posterior.median), number(q.posterior.high), number(q.posterior.mean), number(q.posterior.sd)));
    text += "\nHow well known        R-hat   bulk   tail     MCSE   learned, %   shift  prior p\n";
    for (const ParameterDiagnosis& q : d.parameters) {
        const Learning& l = q.learned;
        const std::string learned = std::isfinite(l.contraction) ? fmt::format("{:.0f} +-{:.0f}{}", 100 * l.contraction + 0.0, 200 * l.contraction_error, q.by_logarithm ? " log" : "    ")
                                                                 : "-    ";
        text += row(name_of(q), width + 4,
                    fmt::format("{:>7}{:>7}{:>7}{:>9}{:>14}{:>7}{:>9}", std::isfinite(q.trust.rhat) ? fmt::format("{:.3f}", q.trust.rhat) : "-", whole(q.trust.ess_bulk),
                                whole(q.trust.ess_tail), number(q.trust.mcse_mean), learned, std::isfinite(l.shift) ? fmt::format("{:+.2f}", l.shift) : "-", probability(q.prior_p)));
    }
    text += explained("R-hat", "spread over all chains against spread within them: from 1.01 on they disagree", looks);
    text += explained("bulk/tail", "independent draws that say as much, of the middle and of the ends", looks);
    text += explained("MCSE", "error of the mean because draws are few", looks);
    text += explained("learned", "part of the prior's variance that the data took away, +- two errors; log: of logarithms", looks);
    text += explained("shift", "how far the data moved the mean, in standard deviations of the prior", looks);
    return text + explained("prior p", "how often the prior lies as far out as the posterior's median", looks);
}

std::string of_parameters(const Diagnosis& d, const Looks& looks)
{
    if (d.parameters.empty()) return "";
    std::string text = tables_of_parameters(d, looks);
    const auto learned = names_where(
        d.parameters, [](const ParameterDiagnosis& q) { return q.learned.learned; }, name_of);
    const auto nothing = names_where(
        d.parameters, [](const ParameterDiagnosis& q) { return !q.learned.learned; }, name_of);
    const auto conflict = names_where(
        d.parameters, [](const ParameterDiagnosis& q) { return q.prior_p < unlikely; }, name_of);
    text += "\n" + listed("The data informed", learned, looks) + listed("These parameters learned nothing", nothing, looks);
    return text + listed("Data and prior disagree (prior p below 0.05) on", conflict, looks);
}

/// The alternative whose share rose most.
std::string preferred(const StructureDiagnosis& s)
{
    std::size_t best = 0;
    const auto rise = [&](std::size_t a) { return s.learned.posterior[a] - s.prior[a]; };
    for (std::size_t a = 1; a < s.prior.size(); ++a) best = rise(a) > rise(best) ? a : best;
    return printable_name(s.structure.alternatives[best]);
}

std::string of_structures(const Diagnosis& d, const Looks& looks)
{
    if (d.structures.empty()) return "";
    std::string text = "\nReadings, %                   prior   posterior   R-hat  effective draws\n";
    for (const StructureDiagnosis& s : d.structures) {
        text += fmt::format("{}: {}\n", s.structure.name, s.learned.learned ? "the data prefer " + preferred(s) : "the data cannot tell");
        for (std::size_t a = 0; a < s.structure.alternatives.size(); ++a) {
            const std::string share = fmt::format("{:.1f} +-{:.1f}", 100 * s.learned.posterior[a], 200 * s.learned.error[a]);
            text += row("  " + printable_name(s.structure.alternatives[a]), 27,
                        fmt::format("{:>8.1f}{:>12}{}", 100 * s.prior[a], share,
                                    a == 0 ? fmt::format("{:>8}{:>17}", std::isfinite(s.rhat) ? fmt::format("{:.3f}", s.rhat) : "-", whole(s.effective)) : ""));
        }
    }
    return text + explained("posterior", "share of draws, +- two Monte Carlo errors. The data prefer a reading if its share moves by more than that and five points", looks);
}

bool is_inside(const ObservationDiagnosis& o) { return o.observed.value >= o.predicted.low && o.observed.value <= o.predicted.high; }

std::string line_of(const ObservationDiagnosis& o, const std::string& name)
{
    return row(name, 38,
               fmt::format("{:>8}{:>8}{:>8}{:>7}{:>8}{}", number(o.observed.value), number(o.predicted.low), number(o.predicted.high), probability(o.p), probability(o.prior_p),
                           o.observed.fitted ? "" : " n"));
}

/// Every observation, or those that fit worst.
std::string of_observations(const Diagnosis& d, const Looks& looks)
{
    const std::string header = fmt::format("{:<38}{:>8}{:>8}{:>8}{:>7}{:>8}\n", "", "observed", "5 %", "95 %", "p", "prior p");
    std::vector<const ObservationDiagnosis*> all;
    for (const TargetDiagnosis& t : d.targets)
        for (const ObservationDiagnosis& o : t.observations) all.push_back(&o);
    std::size_t shown = all.size();
    std::string text = "\nEvery observation\n";
    if (looks.detail == Detail::first) {
        std::ranges::stable_sort(all, {}, [](const ObservationDiagnosis* o) { return o->p; });
        const auto below = static_cast<std::size_t>(std::ranges::count_if(all, [](const ObservationDiagnosis* o) { return o->p < unlikely; }));
        if (below == 0) return "";
        shown = std::min(below, most_listed);
        text = fmt::format("\nObservations with p below 0.05: {} of {}, by chance about {:.0f}{}:\n", below, all.size(), unlikely * static_cast<double>(all.size()),
                           shown < below ? "; the worst" : "");
    }
    text += header;
    for (std::size_t i = 0; i < shown; ++i) text += line_of(*all[i], "  " + all[i]->observed.target + " " + all[i]->observed.date);
    return text;
}

std::string joint_text(const char* which, const std::optional<JointFit>& joint, const Looks& looks)
{
    if (!joint) return "";
    const std::string distance = std::isfinite(joint->distance) ? fmt::format("{:.1f} standard deviations off in {} directions", joint->distance, joint->directions) : "off what any draw can make";
    return wrapped(fmt::format("{}: {}, p {}: {}.", which, distance, probability(joint->p), joint->p < unlikely ? "the model does not make such a world" : "the model makes such worlds"),
                   looks.width, 2);
}

std::string of_targets(const Diagnosis& d, const Looks& looks)
{
    if (d.targets.empty()) return "\nThe file holds no would-be observations, so that nothing is said of how well targets are met.\n";
    std::string text = fmt::format("\n{:<32}{:>11}{:>9}  {:<10}{:>8}\n", "Targets", "in 90 %", "least p", "at", "joint p");
    std::vector<std::string> unmet;
    for (const TargetDiagnosis& t : d.targets) {
        const auto worst = std::ranges::min_element(t.observations, {}, [](const ObservationDiagnosis& o) { return o.p; });
        const auto inside = std::ranges::count_if(t.observations, is_inside);
        const bool fitted = std::ranges::any_of(t.observations, [](const ObservationDiagnosis& o) { return o.observed.fitted; });
        text += row(t.target, 32,
                    fmt::format("{:>11}{:>9}  {:<10}{:>8}{}", fmt::format("{} of {}", inside, t.observations.size()), probability(worst->p), worst->observed.date,
                                t.joint ? probability(t.joint->p) : "-",
                                !fitted ? "  n"
                                : t.met ? ""
                                        : "  unmet"));
        if (!t.met) unmet.push_back(t.target);
    }
    text += explained("in 90 %", "dates at which what was observed lies where 90 % of draws would see it", looks);
    text += explained("p", "how often what draws would see lies as far out, on either side", looks);
    text += explained("joint p", "the same of all fitted dates of a target together", looks);
    text += explained("n", "not fitted, only predicted", looks);
    text += of_observations(d, looks) + "\n";
    text += joint_text("All that is fitted, together", d.fitted, looks) + joint_text("All that is only predicted, together", d.only_predicted, looks);
    return text + listed("Not met by any assumptions that meet the others", unmet, looks);
}

} // namespace

std::string text_of(const Diagnosis& d, const Posterior& p, const std::string& path, const Looks& looks)
{
    return head(d, p, path, looks) + of_parameters(d, looks) + of_structures(d, looks) + of_targets(d, looks);
}

} // namespace entente::report
