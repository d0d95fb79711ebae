#include "model_simulator.hpp"
#include "../core/quarter.hpp"
#include "uniforms.hpp"
#include <algorithm>
#include <limits>
#include <memory>

namespace entente {

Targets targets_of(const Calibration& calibration, Which which)
{
    Targets targets = calibration.targets;
    if (which == Which::fitted) std::erase_if(targets.observations, [](const Observation& o) { return !o.fitted; });
    return targets;
}

std::vector<double> observed_summaries(const Calibration& calibration, Which which) { return observed(targets_of(calibration, which)); }

namespace {

/// All that a batch needs and none changes.
class ModelRuns {
public:
    ModelRuns(const Calibration& calibration, Which which, const EnsembleOptions& options)
        : scenario_(calibration.scenario), targets_(targets_of(calibration, which)), observer_(targets_), point_(scenario_.point()), options_(options),
          kernel_(options.kernel ? *options.kernel : choose_kernel(options.precision, options.isa)), kept_(variables_of(quantities_of(targets_))),
          parameters_(calibration.parameters), structures_(calibration.structures)
    {
        for (const std::size_t p : parameters_) scenario_.parameters[p].distribution = {.shape = Shape::value, .a = 0, .values = {}, .weights = {}}; // set below, and so not drawn
    }
    void operator()(const Batch& runs) const
    {
        Job job = job_without_points(scenario_, runs.seed, {runs.replicates.begin(), runs.replicates.end()}, options_);
        job.points.assign(runs.size(), &point_);
        job.kept = kept_;
        const std::size_t n = runs.size(), d = parameters_.size() + structures_.size();
        for (std::size_t run = 0; run < n; ++run) {
            const double* const learned = runs.parameters.data() + run * d;
            for (std::size_t i = 0; i < parameters_.size(); ++i) job.parameters[parameters_[i] * n + run] = static_cast<float>(learned[i]); // as drawn ones are
            for (std::size_t i = 0; i < structures_.size(); ++i) job.structures[structures_[i] * n + run] = static_cast<float>(learned[parameters_.size() + i]);
        }
        thread_local BlockResult block;
        kernel_.run(job, block);
        observe(runs, block);
    }

private:
    void observe(const Batch& runs, const BlockResult& block) const
    {
        const std::size_t k = targets_.observations.size();
        const std::size_t each = observer_.normals();
        std::vector<double> x(k), normals(each * runs.size());
        normals_of(runs.seed, "observation", runs.replicates, each, normals);
        for (std::size_t run = 0; run < runs.size(); ++run) {
            const std::span<double> to = runs.summaries.subspan(run * k, k);
            if (block.failed_quarter[run] >= 0) {
                std::ranges::fill(to, std::numeric_limits<double>::quiet_NaN());
                continue;
            }
            for (std::size_t i = 0; i < k; ++i) x[i] = modelled(targets_.observations[i], block, run, runs.size());
            observer_(x, std::span(normals).subspan(run * each, each), to);
        }
    }

    Scenario scenario_;
    Targets targets_;
    Observer observer_;
    Point point_;
    EnsembleOptions options_;
    Kernel kernel_;
    std::vector<std::uint32_t> kept_;
    std::vector<std::size_t> parameters_, structures_;
};

} // namespace

Simulator model_simulator(const Calibration& calibration, Which which, const EnsembleOptions& options)
{
    Simulator simulator{.parameters = learned(calibration), .summaries = {}, .run = {}};
    for (const Observation& o : targets_of(calibration, which).observations) simulator.summaries.push_back(calibration.targets.measurements[o.measurement].target + " " + o.date);
    simulator.run = [runs = std::make_shared<const ModelRuns>(calibration, which, options)](const Batch& batch) { (*runs)(batch); };
    return simulator;
}

} // namespace entente
