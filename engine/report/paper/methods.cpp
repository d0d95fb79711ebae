#include "methods.hpp"
#include "../../core/quarter.hpp"
#include "../../core/text.hpp"
#include "../../ensemble/reported.hpp"
#include "../../experiment/provenance.hpp"
#include "../discovery_words.hpp"
#include "../numbers.hpp"
#include "../words.hpp"
#include "table.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {
namespace {

/// Sentences of LaTeX in lines of a width that editors like.
struct Paragraph {
    std::string text;
    void say(const std::string& sentence) { text += (text.empty() ? "" : " ") + sentence; }
};

std::string quoted_title(const std::string& title) { return fmt::format("``{}''", latex_text(title)); }

std::string value_of(const Scenario& s, std::string_view name)
{
    const std::size_t p = Description::find(describe().parameters, name);
    return is_drawn(s, p) ? latex_text(drawn_text(s, p)) : fmt::format("{:g}", s.parameters[p].distribution.a);
}

/// The model, its classes and its chance, under a scenario's conventions.
std::string model_text(const Scenario& s)
{
    Paragraph p;
    const Description& d = describe();
    std::vector<std::string> muted;
    for (const Mute& mute : s.mutes) muted.push_back(latex_text(words_of(mute.name)));
    p.say(fmt::format("The model describes the tie between Russia and China in quarters, by {} mechanisms with {} parameters and with {} Chinese firms, {} Chinese banks and {} "
                      "members of the Russian "
                      "elite as agents; its description follows the ODD protocol \\cite{{grimm2020}} with its extension to human decisions \\cite{{muller2013}}.{}",
                      d.mechanisms.size(), d.parameters.size(), s.counts.firms, s.counts.banks, s.counts.elites,
                      muted.empty() ? "" : fmt::format(" Left out of it: {}.", fmt::join(muted, ", "))));
    const auto v = [&](std::string_view name) { return value_of(s, name); };
    p.say(fmt::format("Each quarter of a future belongs to one of five classes. The alignment index weighs politics ({}), trade ({}), military depth ({}) and trust ({}); the tie "
                      "is an alliance from {} on if "
                      "military depth is {} or more, else alignment from {} on, transactional from {} on, estrangement below, and rupture below {} where trust is below {}.",
                      v("weight_political"), v("weight_economic"), v("weight_military"), v("weight_trust"), v("alliance_index"), v("alliance_depth"), v("alignment_least"),
                      v("transactional_least"), v("rupture_index"), v("rupture_trust")));
    p.say("These weights and thresholds are conventions. Random numbers are counter-based \\cite{salmon2011}: they are addressed by run, quarter and mechanism, so that equal run "
          "numbers share them between scenarios.");
    return p.text;
}

/// What a scenario sets beside parameters and otherwise than the model: "levers.western_carrot = 0.8".
std::vector<std::string> set_in(const std::string& resolved)
{
    constexpr std::string_view told[] = {"drivers", "structures", "levers", "events", "pins"};
    constexpr std::size_t longest = 120;
    std::vector<std::string> all;
    std::string section;
    for (const std::string& line : split(resolved, '\n')) {
        if (line.starts_with('[')) section = line.substr(1, line.find(']') - 1);
        const std::size_t note = line.find(" # ");
        if (line.starts_with('#') || line.find(" = ") == std::string::npos || note == std::string::npos || line.compare(note, 10, " # default") == 0
            || std::ranges::find(told, section) == std::end(told))
            continue;
        const std::string setting(trim(line.substr(0, note)));
        all.push_back(fmt::format("\\texttt{{{}.{}}}", section, latex_text(setting.size() > longest ? setting.substr(0, longest) + "..." : setting)));
    }
    return all;
}

std::string drawn_of(const Scenario& s)
{
    const Description& d = describe();
    std::size_t alone = 0;
    for (std::size_t p = 0; p < d.parameters.size(); ++p) alone += is_drawn(s, p) ? 1 : 0;
    const std::size_t joint = s.joint.parameters.size();
    alone -= std::min(alone, joint);
    std::vector<std::string> mixed;
    for (std::size_t k = 0; k < d.structures.size(); ++k)
        if (std::ranges::count_if(s.structures[k].weights, [](double w) { return w > 0; }) > 1) mixed.push_back(latex_text(words_of(d.structures[k].name)));
    std::string text = alone + joint == 0 ? "No parameter is drawn."
                                          : fmt::format("In each future {} of {} parameters are drawn, {} of them from their own distributions", alone + joint, d.parameters.size(), alone);
    if (joint > 0) text += fmt::format(" and {} together from {} draws of a calibration's posterior", joint, with_commas(s.joint.draws.draws()));
    if (alone + joint > 0) text += "; the others stand at their values.";
    text += mixed.empty() ? " Of what the articles dispute one reading is taken throughout." : fmt::format(" Structures that are disputed and mixed: {}.", fmt::join(mixed, ", "));
    return text;
}

std::string of_boxes(const Boxes& boxes, const char* inputs, const std::string& tested)
{
    const std::string of = latex_text(boxes.searched.of);
    if (boxes.discovery.boxes.empty()) return fmt::format("Boxes of {} in which {} is frequent were looked for by PRIM \\cite{{friedman1999}}, and none was found.", inputs, of);
    if (std::ranges::none_of(boxes.discovery.boxes, &FoundBox::stands))
        return fmt::format("Boxes of {} in which {} is frequent were looked for by PRIM \\cite{{friedman1999}} and tested after \\cite{{bryant2010}}{}; none stands.", inputs, of, tested);
    return fmt::format("Boxes of {} in which {} is frequent were found by PRIM \\cite{{friedman1999}} and tested after \\cite{{bryant2010}}{}.", inputs, of, tested);
}

bool has_indices(const std::optional<SensitivityStudy>& study)
{
    return study && std::ranges::any_of(study->found.outcomes, [](const OutcomeIndices& o) { return !o.is_always_the_same && o.fault.empty(); });
}

/// `said`: sentences of results before, which are not said again.
std::string of_run(const RunFindings& f, std::vector<std::string>& said)
{
    const Scenario& s = f.source.scenario;
    const Provenance& v = f.result.provenance;
    const Answer& a = f.answer;
    Paragraph p;
    const bool first = said.empty();
    const auto say_once = [&](const std::string& sentence) {
        if (std::ranges::find(said, sentence) == said.end()) p.say(sentence), said.push_back(sentence);
    };
    p.say(fmt::format("The scenario {} was simulated with entente {} \\cite{{entente}} in {}, with seed {} and in {} precision, from 2014Q1 to {}{}.", quoted_title(title_of(v)),
                      latex_text(v.engine_version), counted(a.runs, "future", "futures"), v.seed, latex_text(v.precision), quarter_name(a.horizon),
                      a.horizon < a.start ? ", where history imposes what is known"
                                          : fmt::format("; up to {} history imposes what is known, and from {} on the model is free", quarter_name(a.start - 1), quarter_name(a.start))));
    if (!s.assumes.empty()) p.say(fmt::format("It assumes: {}.", latex_text(s.assumes)));
    if (const std::vector<std::string> set = set_in(v.scenario_resolved); !set.empty()) p.say(fmt::format("It sets, beside parameters: {}.", fmt::join(set, "; ")));
    p.say(drawn_of(s));
    if (a.failed > 0) p.say(fmt::format("{} failed and are left out.", counted(a.failed, "future", "futures")));
    if (!f.result.complete) p.say(fmt::format("It was interrupted after {} of {} futures.", with_commas(a.runs), with_commas(a.asked)));
    if (f.result.stop)
        p.say(fmt::format("Futures were added until the 95\\,\\% interval of each of {} was as narrow as was asked for{}.",
                          counted(f.result.stop->known.size(), "number", "numbers"), f.result.stop->enough ? "" : ", or as many as were allowed had been made"));
    say_once(model_text(s));
    if (a.horizon >= a.start && a.runs > a.failed) {
        const int report = report_quarter(a.horizon);
        const auto& classes = a.classes[static_cast<std::size_t>(std::ranges::find(a.dates, report) - a.dates.begin())];
        const Share& widest = *std::ranges::max_element(classes, {}, [](const Share& share) { return share.high - share.low; });
        p.say(fmt::format("Shares of futures come with 95\\,\\% Jeffreys intervals \\cite{{brown2001}}, which hold Monte Carlo error alone: in {} at most $\\pm${} points.",
                          quarter_name(report), half_width_text(widest)));
    }
    if (a.readings)
        say_once(fmt::format(
            "How far they hang on what is not known is shown by {} readings, {} futures each, in which the answers to what the articles dispute are drawn with equal weights.",
            with_commas(a.readings->readings), a.readings->futures));
    if (a.drivers)
        say_once(
            fmt::format("Drivers were turned to either end, each alone, in {} futures on the same random numbers; intervals of differences of shares follow \\cite{{agresti2005}}.",
                        with_commas(a.drivers->futures)));
    if (f.survival)
        say_once(
            "When events come is told by the Kaplan--Meier estimate \\cite{kaplan1958}, its median with the interval of \\cite{brookmeyer1982}; what has not come by the horizon "
            "is censored there.");
    if (has_indices(f.sensitivity))
        say_once(fmt::format("What each input explains of the variance between futures is estimated from the runs as they are ({}), beside PAWN \\cite{{pianosi2018}} and regional "
                             "sensitivity \\cite{{hornberger1981}}; intervals: "
                             "bootstrap of {} resamples.",
                             latex_text(f.sensitivity->rows), with_commas(f.sensitivity->asked.resampling.resamples)));
    if (f.boxes)
        say_once(of_boxes(*f.boxes, "inputs", fmt::format(" and on halves of the futures that they were not found in ({} halves)", with_commas(f.boxes->options.resamples))));
    if (!f.conventions.empty())
        say_once(fmt::format("Classes were read off again under other weights and thresholds, each alone and {} times all at once, without a new simulation.",
                             with_commas(f.conventions[0].conventions.joint)));
    p.say(fmt::format("{}he result file repeats itself bit for bit (\\texttt{{entente run {}}}).", first ? "T" : "All else is as above; t", latex_text(f.file)));
    return p.text;
}

std::string of_sweep(const SweepFindings& f, std::vector<std::string>& said)
{
    const SweepHead& h = f.sweep.head;
    Paragraph p;
    p.say(fmt::format("The sweep {} was simulated with entente {} \\cite{{entente}}, with seed {} and in {} precision, from 2014Q1 to {}: {} at {} with {} each, {} runs in all on "
                      "common random numbers.",
                      quoted_title(title_of(h.provenance)), latex_text(h.provenance.engine_version), h.provenance.seed, latex_text(h.provenance.precision),
                      quarter_name(f.scenario.horizon), counted(h.policies.size(), "policy", "policies"), counted(h.points, "point", "points"),
                      counted(h.replicates, "replicate", "replicates"), with_commas(std::uint64_t{h.policies.size()} * h.points * h.replicates)));
    if (!h.factors.empty()) {
        std::vector<std::string> factors;
        for (const FactorText& factor : h.factors) factors.push_back(fmt::format("{} ({})", latex_text(factor.name), latex_text(factor.values)));
        p.say(fmt::format("Factors: {}.", fmt::join(factors, "; ")));
    }
    p.say("Intervals of estimates and differences come from replicates and hold the points fixed.");
    if (const std::string model = model_text(f.scenario); std::ranges::find(said, model) == said.end()) p.say(model), said.push_back(model);
    if (has_indices(f.sensitivity)) {
        switch (f.sensitivity->found.layout) {
        case SensitivityRows::Layout::saltelli:
            p.say(fmt::format("Variance was divided among factors by {} \\cite{{saltelli2010}}: total indices by the estimator of \\cite{{jansen1999}}, first-order ones by that "
                              "of \\cite{{{}}}.",
                              latex_text(f.sensitivity->rows), f.sensitivity->found.second_order ? "owen2013" : "saltelli2010"));
            break;
        case SensitivityRows::Layout::morris:
            p.say(fmt::format("Factors were screened by their elementary effects \\cite{{morris1991,campolongo2007}} ({}).", latex_text(f.sensitivity->rows)));
            break;
        case SensitivityRows::Layout::given:
            p.say(fmt::format(
                "What each factor explains is estimated from the points as they are ({}), beside PAWN \\cite{{pianosi2018}} and regional sensitivity \\cite{{hornberger1981}}.",
                latex_text(f.sensitivity->rows)));
        }
    }
    if (f.boxes) p.say(of_boxes(*f.boxes, "factors", ""));
    return p.text;
}

std::string of_posterior(const PosteriorFindings& f)
{
    const Posterior& q = f.posterior;
    const bool abc = q.method.find("abc") != std::string::npos;
    return fmt::format("The calibration {} of {} parameters to {} observations took {} runs of entente {} \\cite{{entente}} by {}{}; it gave {} in each of {}. It ended: {}. By "
                       "rank-normalised R-hat and effective sample sizes "
                       "\\cite{{vehtari2021}} its draws {} be taken as a sample.",
                       quoted_title(q.title), q.parameters.size(), q.targets.size(), with_commas(q.runs), latex_text(q.engine_version),
                       abc ? "approximate Bayesian computation" : latex_text(words_of(q.method)),
                       abc                                               ? " \\cite{delmoral2012}"
                       : q.method.find("synthetic") != std::string::npos ? " \\cite{wood2010}"
                                                                         : "",
                       counted(f.diagnosis.draws, "draw", "draws"), counted(f.diagnosis.chains, "chain", "chains"), latex_text(q.stopped), f.diagnosis.trusted ? "can" : "cannot");
}

} // namespace

std::string methods_tex(const Findings& f)
{
    std::string out = "% The methods, with the results' own numbers; references.bib has what it cites.\n";
    const auto add = [&](const std::string& paragraph) { out += wrapped(paragraph, 100) + "\n"; };
    std::vector<std::string> said;
    for (const RunFindings& run : f.runs) add(of_run(run, said));
    for (const SweepFindings& sweep : f.sweeps) add(of_sweep(sweep, said));
    for (const PosteriorFindings& posterior : f.posteriors) add(of_posterior(posterior));
    for (const RunPairFindings& pair : f.run_pairs)
        add(fmt::format("Futures of {} and {} share their random numbers and are compared pair by pair ({} pairs); intervals of differences are Student's t.",
                        quoted_title(title_of(f.runs[pair.a].result.provenance)), quoted_title(title_of(f.runs[pair.b].result.provenance)), with_commas(pair.comparison.used())));
    for (const SweepPairFindings& pair : f.sweep_pairs)
        add(fmt::format("The sweeps {} and {} are compared by replicate and point.", latex_text(pair.pairs.a), latex_text(pair.pairs.b)));
    return out;
}

} // namespace entente::report
