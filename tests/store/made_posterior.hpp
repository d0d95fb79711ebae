// Posteriors whose contents are known: of a parameter that the data inform, one that they do not, and a structure; with a target that can be met and, if wanted, one that
// cannot.
#pragma once
#include "calibrate/uniforms.hpp"
#include "store/posterior.hpp"
#include <cmath>
#include <functional>

namespace entente::made {

struct Wanted {
    std::size_t chains = 4, draws = 500;
    double apart = 0;          ///< of the first chain's mean of `pull` from the others', in standard deviations of the posterior
    double lean = 0.5;         ///< share of draws of the posterior with the second reading
    bool out_of_reach = false; ///< whether the last target is observed where no draw comes
};

/// [chain][draw] of each name, as `of` makes it of the chain, the draw counted over all chains and the name.
inline DrawTable table(std::size_t chains, std::size_t draws, std::vector<std::string> names, const std::function<double(std::size_t, std::uint32_t, std::size_t)>& of)
{
    DrawTable t{chains, draws, std::move(names), {}};
    for (std::size_t c = 0; c < chains; ++c)
        for (std::size_t d = 0; d < draws; ++d)
            for (std::size_t n = 0; n < t.names.size(); ++n) t.values.push_back(of(c, static_cast<std::uint32_t>(c * draws + d), n));
    return t;
}

inline Posterior posterior(const Wanted& wanted = {})
{
    Posterior p;
    p.name = "toy", p.title = "A toy", p.calibration = "[calibration]\nname = \"toy\" # as asked\n", p.scenario_resolved = "horizon = \"2025Q4\"\n";
    p.method = "smc_abc", p.stopped = "particles no longer move", p.engine_version = "1.2.3", p.created_at = "2026-01-02T03:04:05Z";
    p.seed = 18'000'000'000'000'000'000u, p.runs = 123'456;
    p.parameters = {{"pull", "1/quarter", "how fast it is drawn", "log_normal(0.3, 0.25)", {}},
                    {"drift", "index", "where it goes", "normal(0, 1)", {}},
                    {"reading", "", "who is right", "1/2, 1/2", {"first", "second"}}};
    p.targets = {{"share", "2014", "share", "logit", -1.5, 0.1, true},
                 {"share", "2015", "share", "logit", -1.4, 0.1, false},
                 {"arms", "2014", "million TIV", "identity", wanted.out_of_reach ? 9.0 : 2.0, 0.5, true}};
    const auto normal = [](const char* what, std::uint32_t item) { return normals_at(7, what, item)[0]; };
    const std::vector<std::string> names = {"pull", "drift", "reading"}, observations = {"share 2014", "share 2015", "arms 2014"};
    p.posterior = table(wanted.chains, wanted.draws, names, [&](std::size_t chain, std::uint32_t draw, std::size_t name) {
        if (name == 0) return 0.4 * std::exp(0.05 * (normal("pull", draw) + (chain == 0 ? wanted.apart : 0)));
        return name == 1 ? normal("drift", draw) : uniforms_at(7, "reading", draw)[0] < wanted.lean ? 1.0 : 0.0;
    });
    p.prior = table(1, 2000, names, [&](std::size_t, std::uint32_t draw, std::size_t name) {
        if (name == 0) return 0.3 * std::exp(0.25 * normal("prior pull", draw));
        return name == 1 ? normal("prior drift", draw) : uniforms_at(7, "prior reading", draw)[0] < 0.5 ? 1.0 : 0.0;
    });
    const auto would_be = [&](const char* what, double spread) {
        return [=](std::size_t, std::uint32_t draw, std::size_t name) {
            const double z = normals_at(8, what, draw)[name];
            return p.targets[name].target == "arms" ? 2.2 + spread * z : -1.45 + 0.2 * spread * z;
        };
    };
    p.posterior_predictive = table(wanted.chains, wanted.draws, observations, would_be("after", 0.6));
    p.prior_predictive = table(1, 500, observations, would_be("before", 2));
    p.prior_predictive.values[4] = std::nan("");
    p.sample_stats = table(wanted.chains, wanted.draws, {"distance"}, [&](std::size_t, std::uint32_t draw, std::size_t) { return uniforms_at(7, "distance", draw)[0]; });
    for (std::size_t c = 0; c < wanted.chains; ++c) p.steps.push_back({{8.5, 1, 500, 0, 5000}, {2.25, 0.5, 480, 0.125, 7000 + c}});
    return p;
}

} // namespace entente::made
