// Draws of the posterior of one of the seven problems, by SMC-ABC with nothing but its own choices:
//   calibrate_problems PROBLEM OBSERVATIONS.csv NUMBER [SEED [THREADS]] > draws.csv
// OBSERVATIONS.csv: a heading, then rows of a problem's name, a number and the observed values as the problem gives them. 1,000 draws of equal weight, one column a parameter.
#include "calibrate/smc_abc.hpp"
#include "problems.hpp"
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>

using namespace entente;

namespace {

constexpr std::size_t draws = 1000;

std::vector<double> observed_of(const std::string& problem, const char* file, const std::string& number)
{
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        std::stringstream cells(line);
        std::string name, which, value;
        std::getline(cells, name, ','), std::getline(cells, which, ',');
        if (name != problem || which != number) continue;
        std::vector<double> values;
        while (std::getline(cells, value, ',')) values.push_back(std::stod(value));
        if (problem == "lotka_volterra") // the simulator gives logarithms, whose noise is the same everywhere
            for (double& x : values) x = std::log(x);
        return values;
    }
    throw std::runtime_error("no such observation in that file");
}

void write(const Simulator& simulator, const SmcPosterior& posterior)
{
    const std::size_t d = simulator.parameters.size();
    for (std::size_t j = 0; j < d; ++j) std::printf("%s%s", j > 0 ? "," : "", simulator.parameters[j].name.c_str());
    double sum = 0, below = 0;
    for (const double w : posterior.weights) sum += w;
    std::size_t at = 0; // systematic resampling: a draw's copies are its share of them, rounded up or down
    for (std::size_t i = 0; i < draws; ++i) {
        const double to = (static_cast<double>(i) + 0.5) / draws * sum;
        while (at + 1 < posterior.weights.size() && below + posterior.weights[at] < to) below += posterior.weights[at++];
        for (std::size_t j = 0; j < d; ++j) std::printf("%s%.9g", j > 0 ? "," : "\n", posterior.adjusted[at * d + j]);
    }
    std::printf("\n");
}

} // namespace

int main(int count, char** given)
{
    const std::map<std::string, Simulator> all{{"two_moons", problems::two_moons()},
                                               {"gaussian_linear", problems::gaussian_linear()},
                                               {"gaussian_linear_uniform", problems::gaussian_linear_uniform()},
                                               {"gaussian_mixture", problems::gaussian_mixture()},
                                               {"slcp", problems::slcp()},
                                               {"sir", problems::sir()},
                                               {"lotka_volterra", problems::lotka_volterra()}};
    try {
        if (count < 4 || !all.contains(given[1])) throw std::runtime_error("calibrate_problems PROBLEM OBSERVATIONS.csv NUMBER [SEED [THREADS]]");
        const Simulator& simulator = all.at(given[1]);
        const std::vector<double> observed = observed_of(given[1], given[2], given[3]);
        SmcSettings settings;
        if (count > 4) settings.seed = std::stoull(given[4]);
        if (count > 5) settings.threads = static_cast<unsigned>(std::stoul(given[5]));
        const SmcState state = smc_abc(simulator, observed, settings, {}, [](const SmcState& s) {
            const Generation& g = s.generations.back();
            std::fprintf(stderr, "%zu: tolerance %.4g, acceptance %.4f, effective %.0f, runs %llu\n", s.generations.size(), g.tolerance, g.acceptance, g.effective,
                         static_cast<unsigned long long>(s.runs));
        });
        std::fprintf(stderr, "%s\n", to_text(state.stopped).c_str());
        if (failed(state.stopped)) return 1;
        write(simulator, posterior_of(simulator, observed, state));
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 2;
    }
}
