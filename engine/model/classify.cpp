#define ENTENTE_KERNEL classifying
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 1
#include "classify.hpp"
#include "derived.hpp"
#include "kernel.hpp"
#include "outcome.hpp"
#include <cstring>

namespace entente {
namespace {

struct Values {
    Lanes military_depth, trust, political_alignment, trade_share_china, trade_share_west, russia_west_hostility, effort_west, dependence_index, concessions, obedience;
    Lanes alignment_index;
};
using Conventions = Outcome::Parameters<Lanes>;
static_assert(sizeof(Values) == (classified_count + 1) * sizeof(double) && sizeof(Lanes) == sizeof(double));

} // namespace

OutcomeRows outcome_rows()
{
    const MechanismText& page = describe().mechanisms[describe().mechanism(Outcome::name)];
    return {page.first_parameter, page.parameters};
}

std::uint8_t outcome_code(std::span<const double, classified_count> values, std::span<const double> parameters)
{
    Values world;
    Conventions p;
    std::memcpy(static_cast<void*>(&world), values.data(), values.size_bytes());
    std::memcpy(static_cast<void*>(&p), parameters.data(), sizeof p);
    world.alignment_index = alignment(world, p);
    return static_cast<std::uint8_t>(classify(world, p)[0]);
}

} // namespace entente
