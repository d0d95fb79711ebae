#include "weights.hpp"
#include "datasets.hpp"
#include "temporary_file.hpp"
#include <numeric>

namespace entente {

using namespace store;

void write_weights(const std::string& path, const RunWeights& w)
{
    TemporaryFile temporary(path);
    hdf5::File file = hdf5::create_file(temporary.name(), path);
    hdf5::set_attribute(file, "format", std::string("entente-weights"));
    hdf5::set_attribute(file, "format_version", std::uint32_t{1});
    hdf5::make_group(file, "weights");
    const auto make = [&](const std::string& name, Type type, const char* meaning, const std::vector<std::size_t>& shape) {
        hdf5::Dataset made = hdf5::make_dataset(file, "weights/" + name, type, shape, shape);
        hdf5::set_attribute(made, "units", std::string("1"));
        hdf5::set_attribute(made, "long_name", std::string(meaning));
        return made;
    };
    const std::size_t runs = w.weight.size();
    std::vector<std::uint32_t> number(runs);
    std::iota(number.begin(), number.end(), 0u);
    const hdf5::Dataset run = make("run", Type::u32, "number of the run, as in the result's group runs", {runs});
    hdf5::write(run, number);
    hdf5::make_scale(run, "run");
    const auto put = [&](const char* name, const char* meaning, const std::vector<double>& values) {
        const hdf5::Dataset made = make(name, Type::f64, meaning, {runs});
        hdf5::write(made, values);
        hdf5::attach_scale(made, run, 0, "run");
    };
    put("weight", "of the run given what was observed; of sum 1, 0 of a run that failed", w.weight);
    put("log_likelihood", "logarithm of the density of what was observed, NaN of a run that failed", w.log_likelihood);
    hdf5::write(make("effective", Type::f64, "number of equal runs that the weights are worth: 1 / sum of their squares", {}), std::vector<double>{w.effective});
    for (const auto& [name, meaning, text] : {std::tuple{"observed", "what was observed, CSV", &w.observed},
                                              {"measurement", "what of the model stands for it, CSV", &w.measurement},
                                              {"scenario_resolved", "the scenario of the result, TOML", &w.scenario_resolved},
                                              {"result", "file of the result", &w.result}})
        hdf5::write(make(name, Type::text, meaning, {}), std::vector<std::string>{utf8(*text)});
    hdf5::flush(file), hdf5::close(file);
    temporary.take_final_name();
}

} // namespace entente
