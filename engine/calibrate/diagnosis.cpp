#include "diagnosis.hpp"
#include "../analysis/order_statistics.hpp"
#include "convergence.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace entente {

namespace {

constexpr double low_level = 0.05, high_level = 0.95, unlikely = 0.05;

DrawSummary summary_of(std::vector<double> draws)
{
    DrawSummary s{.mean = weighted_mean({draws}), .sd = std::sqrt(weighted_variance({draws}))};
    s.low = interpolated_quantile(draws, low_level), s.median = interpolated_quantile(draws, 0.5), s.high = interpolated_quantile(draws, high_level);
    return s;
}

Trust trust_of(Chains c) { return {rhat(c), ess_bulk(c), ess_tail(c), mcse_mean(c), mcse_sd(c), mcse_quantile(c, low_level), mcse_quantile(c, 0.5), mcse_quantile(c, high_level)}; }

/// Third moment in units of the spread; 0 of draws without any.
double skewness(std::span<const double> draws)
{
    const double mean = weighted_mean({draws}), sd = std::sqrt(weighted_variance({draws}));
    double cubes = 0;
    for (const double x : draws) cubes += sd > 0 ? std::pow((x - mean) / sd, 3) : 0;
    return cubes / static_cast<double>(draws.size());
}

std::vector<double> logarithms(std::vector<double> draws)
{
    for (double& x : draws) x = std::log(x);
    return draws;
}

ParameterDiagnosis diagnosis_of(const CalibratedParameter& parameter, const std::vector<double>& posterior, const std::vector<double>& prior, std::size_t chains)
{
    ParameterDiagnosis d{.parameter = parameter, .posterior = summary_of(posterior), .prior = summary_of(prior), .trust = trust_of({posterior, chains}), .learned = {}};
    const auto positive = [](double x) { return x > 0; };
    d.by_logarithm = std::ranges::all_of(prior, positive) && std::ranges::all_of(posterior, positive) && std::abs(skewness(logarithms(prior))) < std::abs(skewness(prior));
    const double effective = std::isfinite(d.trust.ess_bulk) ? d.trust.ess_bulk : 0;
    if (d.by_logarithm) d.learned = learning({logarithms(posterior)}, {logarithms(prior)}, effective);
    else d.learned = learning({posterior}, {prior}, effective);
    d.prior_p = predictive_p({prior}, d.posterior.median);
    return d;
}

std::vector<double> shares_of(const std::vector<double>& draws, std::size_t alternatives)
{
    std::vector<double> shares(alternatives);
    for (const double x : draws) shares[static_cast<std::size_t>(x)] += 1 / static_cast<double>(draws.size());
    return shares;
}

StructureDiagnosis diagnosis_of_structure(const CalibratedParameter& structure, const std::vector<double>& posterior, const std::vector<double>& prior, std::size_t chains)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    StructureDiagnosis d{.structure = structure, .prior = shares_of(prior, structure.alternatives.size()), .learned = {}, .rhat = none};
    d.effective = static_cast<double>(posterior.size());
    for (std::size_t a = 0; a < structure.alternatives.size(); ++a) {
        std::vector<double> has(posterior.size());
        for (std::size_t i = 0; i < has.size(); ++i) has[i] = posterior[i] == static_cast<double>(a);
        const Chains c{has, chains};
        if (const double r = rhat(c); !std::isnan(r)) d.rhat = std::isnan(d.rhat) ? r : std::max(d.rhat, r);
        if (const double n = ess_mean(c); !std::isnan(n)) d.effective = std::min(d.effective, n);
    }
    d.learned = learning_of_shares(std::vector<std::uint8_t>(posterior.begin(), posterior.end()), d.prior, {}, d.effective);
    return d;
}

/// Without runs that failed.
std::vector<double> finite(std::vector<double> draws)
{
    std::erase_if(draws, [](double x) { return !std::isfinite(x); });
    return draws;
}

/// Of these observations; none of too few draws that are whole.
std::optional<JointFit> joint_of(const Posterior& p, const std::vector<std::size_t>& observations)
{
    const DrawTable& t = p.posterior_predictive;
    std::vector<double> simulated, observed;
    for (const std::size_t i : observations) observed.push_back(p.targets[i].value);
    for (std::size_t draw = 0; draw < t.chains * t.draws; ++draw) {
        const std::span<const double> row = std::span(t.values).subspan(draw * t.names.size(), t.names.size());
        if (std::ranges::all_of(observations, [&](std::size_t i) { return std::isfinite(row[i]); }))
            for (const std::size_t i : observations) simulated.push_back(row[i]);
    }
    if (observations.empty() || simulated.size() < 2 * observed.size() * (observed.size() + 1)) return std::nullopt;
    return joint_fit(simulated, observed);
}

ObservationDiagnosis diagnosis_of(const Posterior& p, std::size_t observation)
{
    const std::vector<double> predicted = finite(p.posterior_predictive.of(observation));
    ObservationDiagnosis d{.observed = p.targets[observation], .predicted = {}, .prior_p = {}};
    if (predicted.empty()) {
        d.p = std::numeric_limits<double>::quiet_NaN();
        return d;
    }
    d.predicted = summary_of(predicted), d.p = predictive_p({predicted}, d.observed.value);
    if (p.prior_predictive.values.empty()) return d;
    if (const std::vector<double> prior = finite(p.prior_predictive.of(observation)); !prior.empty()) d.prior_p = predictive_p({prior}, d.observed.value);
    return d;
}

void diagnose_targets(const Posterior& p, Diagnosis& d)
{
    if (p.posterior_predictive.values.empty()) return;
    std::vector<std::size_t> fitted, only_predicted;
    std::vector<std::string> names;
    std::map<std::string, std::vector<std::size_t>> all, fitted_of;
    for (std::size_t i = 0; i < p.targets.size(); ++i) {
        const CalibratedTarget& t = p.targets[i];
        if (all[t.target].empty()) names.push_back(t.target);
        all[t.target].push_back(i), (t.fitted ? fitted : only_predicted).push_back(i);
        if (t.fitted) fitted_of[t.target].push_back(i);
    }
    for (const std::string& name : names) {
        TargetDiagnosis target{.target = name, .observations = {}, .joint = joint_of(p, fitted_of[name])};
        for (const std::size_t i : all[name]) target.observations.push_back(diagnosis_of(p, i));
        target.met = !target.joint || target.joint->p >= unlikely / static_cast<double>(fitted_of.size());
        d.targets.push_back(std::move(target));
    }
    d.fitted = joint_of(p, fitted), d.only_predicted = joint_of(p, only_predicted);
}

std::size_t different_rows(const DrawTable& t)
{
    std::set<std::vector<double>> rows;
    for (std::size_t draw = 0; draw < t.chains * t.draws; ++draw) {
        const auto row = t.values.begin() + static_cast<std::ptrdiff_t>(draw * t.names.size());
        rows.emplace(row, row + static_cast<std::ptrdiff_t>(t.names.size()));
    }
    return rows.size();
}

} // namespace

bool trusted(const Trust& t) { return t.rhat < most_rhat && t.ess_bulk >= least_ess && t.ess_tail >= least_ess; }

Diagnosis diagnose(const Posterior& p)
{
    Diagnosis d{.chains = p.posterior.chains, .draws = p.posterior.draws, .different = different_rows(p.posterior), .parameters = {}, .structures = {}, .targets = {}};
    for (std::size_t i = 0; i < p.parameters.size(); ++i) {
        const std::vector<double> posterior = p.posterior.of(i), prior = p.prior.of(i);
        if (p.parameters[i].alternatives.empty()) d.parameters.push_back(diagnosis_of(p.parameters[i], posterior, prior, d.chains));
        else d.structures.push_back(diagnosis_of_structure(p.parameters[i], posterior, prior, d.chains));
    }
    diagnose_targets(p, d);
    d.trusted = std::ranges::all_of(d.parameters, [](const ParameterDiagnosis& q) { return trusted(q.trust); })
                && std::ranges::none_of(d.structures, [](const StructureDiagnosis& s) { return s.rhat >= most_rhat || s.effective < least_ess; });
    return d;
}

} // namespace entente
