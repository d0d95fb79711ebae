#include "calibrate/diagnosis.hpp"
#include "core/temporary_folder.hpp"
#include "damaged_file.hpp"
#include "report/diagnosis.hpp"
#include "report/documents.hpp"
#include "store/made_posterior.hpp"
#include "targets.hpp"
#include <stdexcept>

namespace entente::fuzz {
namespace {

struct Good {
    TemporaryFolder folder;
    std::string fuzzed = folder / "fuzzed.h5", bytes;
    Posterior posterior = made::posterior({.chains = 2, .draws = 30});
    Good()
    {
        posterior.prior.draws = 30, posterior.prior.values.resize(90), posterior.prior_predictive.draws = 30, posterior.prior_predictive.values.resize(90);
        write_posterior(fuzzed, posterior);
        bytes = read_file(fuzzed);
    }
};

/// As `diagnose` does.
void say_all(const Posterior& p)
{
    const Diagnosis d = diagnose(p);
    static_cast<void>(report::text_of(d, p, "fuzzed.h5", {.detail = report::Detail::all}) + report::printed(report::document("diagnosis"), report::json_of(d, p)));
}

/// A number of it.
void change(Posterior& p, const Edit& edit)
{
    DrawTable* const tables[] = {&p.posterior, &p.prior, &p.posterior_predictive, &p.prior_predictive, &p.sample_stats};
    double* number = &p.targets[edit.where % p.targets.size()].value;
    if (edit.kind % 8 < 5) number = &tables[edit.kind % 8]->values[edit.where % tables[edit.kind % 8]->values.size()];
    if (edit.kind % 8 == 5) number = &p.targets[edit.where % p.targets.size()].sd;
    put_extreme(reinterpret_cast<char*>(number), sizeof *number, edit.value);
}

} // namespace

// A posterior's file, edited; or a posterior, edited before it is written. The first byte says which.
void posterior(std::string_view bytes)
{
    static const Good good;
    if (bytes.empty()) return;
    const std::vector<Edit> edits = edits_in(bytes.substr(1));
    try {
        if (bytes[0] % 2 == 0) damage_file(good.fuzzed, good.bytes, edits);
        else {
            Posterior p = good.posterior;
            for (const Edit& edit : edits) change(p, edit);
            write_posterior(good.fuzzed, p);
        }
        say_all(read_posterior(good.fuzzed));
    } catch (const std::runtime_error& refused) {
        require(!edits.empty(), refused.what());
    }
}

} // namespace entente::fuzz
