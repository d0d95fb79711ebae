#include "reduced.hpp"
#include <stdexcept>

namespace entente {

Simulator reduced(const Simulator& simulator, const Ruler& ruler, std::span<const double> observed)
{
    const std::size_t summaries = observed.size(), terms = terms_of(ruler.reduction, summaries);
    if (summaries == 0 || simulator.summaries.size() != summaries || ruler.units.size() != summaries || ruler.slopes.size() % terms != 0)
        throw std::invalid_argument("a ruler, a simulator and what was observed have different summaries");
    const std::size_t coordinates = ruler.slopes.empty() ? terms : ruler.slopes.size() / terms;
    Simulator less{.parameters = simulator.parameters, .summaries = {}, .run = {}};
    for (std::size_t c = 0; c < coordinates; ++c)
        less.summaries.push_back(coordinates == summaries && ruler.slopes.empty() ? simulator.summaries[c] : "coordinate " + std::to_string(c + 1));
    less.run = [run = simulator.run, ruler, seen = std::vector<double>(observed.begin(), observed.end()), summaries, terms, coordinates](const Batch& runs) {
        std::vector<double> found(runs.size() * summaries), term(terms);
        run({runs.seed, runs.replicates, runs.parameters, found});
        for (std::size_t i = 0; i < runs.size(); ++i) {
            write_terms(ruler, std::span(found).subspan(i * summaries, summaries), seen, term);
            for (std::size_t c = 0; c < coordinates; ++c) {
                double x = ruler.slopes.empty() ? term[c] : 0;
                for (std::size_t t = 0; !ruler.slopes.empty() && t < terms; ++t) x += ruler.slopes[c * terms + t] * term[t];
                runs.summaries[i * coordinates + c] = x;
            }
        }
    };
    return less;
}

} // namespace entente
