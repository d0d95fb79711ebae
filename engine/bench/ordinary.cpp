#include "ordinary.hpp"
#include "../model/kernel.hpp"
#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

namespace entente {
namespace {

double parameter_default(std::string_view name) { return describe().parameters.at(Description::find(describe().parameters, name)).standard; }

/// Each parameter's default, looked up once.
struct Defaults {
    double lam_p = parameter_default("lam_p"), c_bank = parameter_default("c_bank"), bank_yuan_shelter = parameter_default("bank_yuan_shelter");
    double bank_rails_shelter = parameter_default("bank_rails_shelter"), bank_sanctions_risk = parameter_default("bank_sanctions_risk"), bank_noise = parameter_default("bank_noise");
    double bank_tolerance = parameter_default("bank_tolerance"), bank_precision = parameter_default("bank_precision"), bank_large_volume = parameter_default("bank_large_volume");
    double c_firm = parameter_default("c_firm"), rho_S = parameter_default("rho_S"), v_via = parameter_default("v_via"), nu = parameter_default("nu"), chi = parameter_default("chi");
    double firm_sanctions_risk = parameter_default("firm_sanctions_risk"), firm_noise = parameter_default("firm_noise"), firm_cost = parameter_default("firm_cost");
    double firm_designated_exposure = parameter_default("firm_designated_exposure"), firm_rails_shelter = parameter_default("firm_rails_shelter");
    double firm_via_cost = parameter_default("firm_via_cost"), firm_via_payment = parameter_default("firm_via_payment"), firm_precision = parameter_default("firm_precision");
    double firm_designated_supply = parameter_default("firm_designated_supply"), firm_release = parameter_default("firm_release");
};

struct Setting : Surroundings, Defaults {
    double bank_acceptance = 0.96, small_bank_acceptance = 0.97; ///< of the last quarter
};

double uniform(std::mt19937_64& random) { return std::uniform_real_distribution<double>()(random); }
double normal(std::mt19937_64& random, double sd) { return std::normal_distribution<double>(0, sd)(random); }

class Agent {
public:
    virtual ~Agent() = default;
    virtual void step(const Setting& s, std::mt19937_64& random) = 0;
};

class Bank : public Agent {
public:
    Bank(bool large, std::mt19937_64& random) : large_(large), exposure_(large ? 0.60 + 0.35 * uniform(random) : 0.05 + 0.45 * uniform(random)) {}
    void step(const Setting& s, std::mt19937_64& random) override
    {
        const double theta = std::clamp(
            s.secondary_enforcement * (1 - s.bank_yuan_shelter * s.yuan_settlement) * (1 - s.bank_rails_shelter * s.insulated_rails) + s.bank_sanctions_risk * s.sanctions_in_force, 0.0, 1.0);
        risk_ += s.lam_p * (std::clamp(theta + normal(random, s.bank_noise), 0.0, 1.0) - risk_);
        const double utility = s.bank_tolerance - s.c_bank * s.china_western_exposure * exposure_ * risk_;
        accepts_ = uniform(random) < 1 / (1 + std::exp(-s.bank_precision * utility));
    }
    bool large() const { return large_; }
    bool accepts() const { return accepts_; }

private:
    bool large_;
    double exposure_, risk_ = 0.03;
    bool accepts_ = true;
};

class Firm : public Agent {
public:
    Firm(bool first_tier, std::mt19937_64& random)
        : first_tier_(first_tier), exposure_(first_tier ? 0.4 + 0.5 * uniform(random) : 0.15 * uniform(random)),
          quality_(first_tier ? 0.7 + 0.3 * uniform(random) : 0.3 + 0.3 * uniform(random)), margin_(0.2 + 0.4 * uniform(random))
    {
    }
    void step(const Setting& s, std::mt19937_64& random) override
    {
        const double threat = s.secondary_enforcement + s.firm_sanctions_risk * s.sanctions_in_force;
        risk_ += s.lam_p * (std::clamp(threat + normal(random, s.firm_noise), 0.0, 1.0) - risk_);
        const double loss = s.c_firm * (designated_ ? s.firm_designated_exposure : exposure_) * s.china_western_exposure * (1 - s.firm_rails_shelter * s.insulated_rails) * risk_;
        const double payment = s.chi * (1 - (first_tier_ ? s.bank_acceptance : s.small_bank_acceptance));
        const double gain = margin_ * (1 + s.rho_S * s.sanctions_in_force) + s.nu * (s.china_support - 0.45) - s.firm_cost;
        const double direct = std::exp(s.firm_precision * (gain - loss - payment));
        const double detour = std::exp(s.firm_precision * (gain - loss * (1 - s.v_via) - s.firm_via_cost - s.firm_via_payment * payment));
        const double mark = uniform(random) * (1 + direct + detour), rate = s.designation_rate * s.secondary_enforcement;
        const bool supplies = mark >= 1, openly = supplies && mark < 1 + direct;
        supply_ = !supplies ? 0 : designated_ ? s.firm_designated_supply * quality_ : quality_;
        designated_ = designated_ ? uniform(random) >= s.firm_release : uniform(random) < (openly ? rate : supplies ? rate * (1 - s.v_via) : 0);
    }
    double supply() const { return supply_; }
    double quality() const { return quality_; }
    bool designated() const { return designated_; }

private:
    bool first_tier_;
    double exposure_, quality_, margin_, risk_ = 0.05, supply_ = 0;
    bool designated_ = false;
};

} // namespace

OrdinaryResult run_ordinary(std::uint32_t runs, std::uint32_t quarters, const Counts& counts, const Surroundings& surroundings)
{
    OrdinaryResult mean;
    const std::uint32_t large_banks = counts.banks / 3;
    for (std::uint32_t run = 0; run < runs; ++run) {
        std::mt19937_64 random(run);
        std::vector<std::unique_ptr<Agent>> agents;
        std::vector<const Firm*> firms;
        std::vector<const Bank*> banks;
        for (std::uint32_t b = 0; b < counts.banks; ++b) {
            auto bank = std::make_unique<Bank>(b < large_banks, random);
            banks.push_back(bank.get()), agents.push_back(std::move(bank));
        }
        for (std::uint32_t f = 0; f < counts.firms; ++f) {
            auto firm = std::make_unique<Firm>(f < counts.firms / 3, random);
            firms.push_back(firm.get()), agents.push_back(std::move(firm));
        }
        Setting setting;
        static_cast<Surroundings&>(setting) = surroundings;
        OrdinaryResult last;
        for (std::uint32_t q = 0; q < quarters; ++q) {
            for (const auto& agent : agents) agent->step(setting, random);
            double large = 0, small = 0, capacity = 0, supply = 0, designated = 0;
            for (const Bank* const bank : banks) (bank->large() ? large : small) += bank->accepts() ? 1 : 0;
            for (const Firm* const firm : firms) supply += firm->supply(), capacity += firm->quality(), designated += firm->designated() ? firm->quality() : 0;
            setting.small_bank_acceptance = small / (counts.banks - large_banks);
            setting.bank_acceptance = setting.bank_large_volume * large / large_banks + (1 - setting.bank_large_volume) * setting.small_bank_acceptance;
            last = {supply / capacity, setting.bank_acceptance, designated / capacity};
        }
        mean.supply_willingness += last.supply_willingness / runs;
        mean.bank_acceptance += last.bank_acceptance / runs;
        mean.designated_share += last.designated_share / runs;
    }
    return mean;
}

} // namespace entente
