// What a scenario expects of its own runs, and of their difference to another's.
#pragma once
#include "../analysis/expectation.hpp"
#include "../store/store.hpp"
#include <limits>

namespace entente {

/// The quantities of a scenario's expectations. Throws ScenarioErrors with everything that is wrong with any of them: a difference of quantiles, and a date that a
/// scenario of this start and horizon does not reach (by default any will do: it is not evaluated where it is not reached).
std::vector<Quantity> expected_quantities(const Scenario& scenario, int start = 0, int horizon = std::numeric_limits<int>::max());

/// Expectations, with the two scenarios that the comparison takes which evaluates the rest.
struct Expected {
    std::vector<Judged> all;
    std::string against, own; ///< files: the one that is extended, "" if none is, and the scenario's
};
/// As far as the result of `run` can say: what is of a difference is not evaluated.
Expected expected_of(const StoredResult& result, const std::string& path);
/// Files that a result's scenario was read from: its own, then those that it extends. And whether a comparison to A is the one that B's differences are expected of.
std::vector<std::string> scenario_files(const Provenance& provenance);
/// `a`, `b`: scenario_files() of each.
bool is_against(const std::vector<std::string>& a, const std::vector<std::string>& b);
/// Of B against A: the quantities that are to be sampled. Differences are evaluated if A is the file that all of B rests on, or B extends none; bounds always; neither
/// beyond A's horizon.
std::vector<Quantity> comparable_expectations(const Scenario& a, const Scenario& b);
/// `of_a`, `of_b`: [quantity][run], of those.
Expected expected_of(const Scenario& b, const std::vector<Quantity>& quantities, const std::vector<std::vector<double>>& of_a, const std::vector<std::vector<double>>& of_b);

} // namespace entente
