// A sweep into a result file, which goes on where it was cut short: sweep SWEEP.toml RESULT.h5
#include <entente/experiment/carry_out.hpp>
#include <entente/store/posterior.hpp>
#include <fmt/format.h>

int main(int, char** argv)
{
    using namespace entente;
    const Experiment experiment = sweep_experiment(read_sweep(argv[1], {.joint = joint_draws}), {.threads = 1});
    const Done done = carry_out(experiment, {.out = argv[2], .resume = true});
    fmt::print("{} of {} runs in {}\n", done.runs, done.all, done.path);
    return done.complete ? 0 : 1;
}
