// Against values of R's `posterior`, version 1.4.0.
#include "chains.hpp"
#include <gtest/gtest.h>
#include <limits>

using namespace entente;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

const std::vector<std::vector<double>>& innovations()
{
    static const auto all = columns_of("innovations.csv");
    return all;
}

/// To a millionth of it; NaN is NaN.
void expect_near(const std::string& what, double ours, double theirs)
{
    if (std::isnan(theirs)) EXPECT_TRUE(std::isnan(ours)) << what << ": " << ours;
    else EXPECT_NEAR(ours, theirs, 1e-6 * std::abs(theirs)) << what;
}

struct Expected {
    std::string name;
    Drawn chains;
    double rhat, rhat_basic, ess_bulk, ess_tail, ess_mean, ess_sd, ess_median, ess_q05, mcse_mean, mcse_sd, mcse_median;
};

std::vector<Expected> reference()
{
    const auto& e = innovations();
    auto scaled = autoregressive(e, 0.3);
    for (double& x : scaled[3]) x *= 3;
    // clang-format off
    return {
        {"independent", joined(e), 1.00024950186194, 1.0002438829762, 4071.7516242715, 3716.56920004788, 4066.62445605558, 3766.09655715534, 4063.32571296964, 3716.56920004788,
         0.0154988904019978, 0.0114584298682445, 0.0206789528829901},
        {"correlated", joined(autoregressive(e, 0.5)), 1.00265162916581, 1.00266557107387, 1523.17658203216, 2495.50459616717, 1524.74346028861, 2454.87659641377, 1953.7020533072,
         2495.50459616717, 0.0251080603466512, 0.0142659515121002, 0.0320879519057244},
        {"antithetic", joined(autoregressive(e, -0.5)), 1.00084448612828, 0.999423285890538, 14408.2399653119, 3757.67316567126, 14408.2399653119, 2454.53573593305, 8569.59613350218,
         3779.17642676986, 0.00826398959406399, 0.0148213715996065, 0.0139795395164842},
        {"one of them wider", joined(scaled), 1.15856377470042, 1.00165936816065, 2397.09286933575, 36.4044683488438, 2338.78063972034, 12.4493539424994, 2841.20309011432,
         36.4044683488438, 0.0355931609464788, 0.493783886245443, 0.0302503972964733},
        {"one chain", part(autoregressive(e, 0.5), 1000, 1), 1.00708684490893, 1.00719720487527, 404.84875906721, 669.800770557889, 404.394265848522, 689.130583491965,
         388.629340797849, 669.800770557889, 0.0475728808078292, 0.0258046561042753, 0.0570055830449447},
        {"two levels", joined(columns_of("two_level.csv")), 1.00211019105591, 1.00211019105591, 1944.17522237713, none, 1944.17522237714, 1944.17522237601, 1944.17522237714,
         1944.17522237714, 0.0113411142980039, 2.26794384991193e-05, 0.5},
        {"constant", {std::vector<double>(400, 1.0), 4}, none, none, none, none, none, none, none, none, none, none, none},
    };
    // clang-format on
}

/// What both tables have.
template <class Known> void expect_common(const Known& e)
{
    expect_near(e.name + " rhat", rhat(e.chains), e.rhat);
    expect_near(e.name + " rhat_basic", rhat_basic(e.chains), e.rhat_basic);
    expect_near(e.name + " ess_bulk", ess_bulk(e.chains), e.ess_bulk);
    expect_near(e.name + " ess_tail", ess_tail(e.chains), e.ess_tail);
    expect_near(e.name + " ess_mean", ess_mean(e.chains), e.ess_mean);
    expect_near(e.name + " ess_sd", ess_sd(e.chains), e.ess_sd);
    expect_near(e.name + " mcse_mean", mcse_mean(e.chains), e.mcse_mean);
    expect_near(e.name + " mcse_sd", mcse_sd(e.chains), e.mcse_sd);
}

TEST(Convergence, IsAsPosteriorHasIt)
{
    for (const Expected& e : reference()) {
        expect_common(e);
        expect_near(e.name + " ess_median", ess_quantile(e.chains, 0.5), e.ess_median);
        expect_near(e.name + " ess_q05", ess_quantile(e.chains, 0.05), e.ess_q05);
        expect_near(e.name + " mcse_median", mcse_quantile(e.chains, 0.5), e.mcse_median);
    }
}

struct Edge {
    std::string name;
    Drawn chains;
    double rhat, rhat_basic, ess_bulk, ess_tail, ess_mean, ess_sd, ess_q25, ess_largest, mcse_mean, mcse_sd, mcse_q90;
};

/// Computed for these chains by `posterior` 1.4.0; some by hand would be none.
std::vector<Edge> edges()
{
    const auto& e = innovations();
    Drawn nan = part(e, 200, 4), infinite = nan, rounded = nan, alternating{{}, 2}, trend = part(e, 200, 2);
    nan.values[206] = none, infinite.values[206] = infinity;
    for (double& x : rounded.values) x = std::nearbyint(x);
    for (int i = 0; i < 200; ++i) alternating.values.push_back(i % 2 == 0 ? -1 : 1);
    for (std::size_t i = 0; i < 400; ++i) trend.values[i] += static_cast<double>(i % 200 + 1) / 30;
    // clang-format off
    return {
        {"seven draws", part(e, 7, 4), 1.05797777907131, 0.976228558187109, 12, 12, 12, 12, 12, 12, 0.407598091538865, 0.267031815736734, 1.03242821781013},
        {"two draws in half a chain", part(e, 5, 2), 0.812852800276535, 0.82904458897613, none, none, none, none, none, none, none, none, none},
        {"one chain of six", part(e, 6, 1), 1.07289935190921, 1.10132594741898, 3, 3, 3, 3, 3, 3, 0.937968854128596, 0.479929451143555, 1.38807227013181},
        {"an odd number", part(e, 101, 3), 0.998722873140896, 0.994641263326772, 296.574023130953, 232.307454299559, 298.283937022649, 250.844170755701, 264.116145471885, 300.240192153723, 0.0598233820493604, 0.0410387261744473, 0.0691400278622819},
        {"a NaN", nan, none, none, none, none, none, none, none, none, none, none, none},
        {"an infinite draw", infinite, 1.0057669381606, none, 781.083275129939, none, none, none, none, none, none, none, none},
        {"back and forth", alternating, none, 0.989949493661167, 100, none, 100, none, 100, none, 0.100250941423417, none, none},
        {"whole numbers", rounded, 1.00613149735688, 1.00615792682504, 762.957681030664, 646.727753958543, 759.129803641466, 709.764031723784, 692.194789231716, none, 0.0387974945390188, 0.0268565504880179, 0},
        {"a trend", trend, 1.64012663606142, 1.72546811884087, 3.33986635875493, 44.0951847781764, 3.15767208662525, 25.5284647051252, 5.48343916713996, 408.246580934885, 1.25016717167274, 0.226684188923934, 0.57037116964382},
        {"one draw", part(e, 1, 4), none, none, none, none, none, none, none, none, none, none, none},
    };
    // clang-format on
}

TEST(Convergence, IsAsPosteriorHasItAtTheEdges)
{
    for (const Edge& e : edges()) {
        expect_common(e);
        expect_near(e.name + " ess_q25", ess_quantile(e.chains, 0.25), e.ess_q25);
        expect_near(e.name + " ess_largest", ess_quantile(e.chains, 1), e.ess_largest);
        expect_near(e.name + " mcse_q90", mcse_quantile(e.chains, 0.9), e.mcse_q90);
    }
}

TEST(Convergence, SeesChainsThatNeverMove)
{
    Drawn apart{{}, 4};
    for (int i = 0; i < 200; ++i) apart.values.push_back(i / 50 + 1);
    EXPECT_GT(rhat(apart), 1e15);
    EXPECT_NEAR(ess_mean(apart), 5, 1e-9);
    EXPECT_NEAR(mcse_mean(apart), 0.501254707117086, 1e-12);
}

TEST(Convergence, RefusesWhatAreNoChains)
{
    const std::vector<double> seven(7);
    EXPECT_THROW(rhat({seven, 2}), std::invalid_argument);
    EXPECT_THROW(ess_bulk({seven, 0}), std::invalid_argument);
    EXPECT_THROW(ess_quantile({seven, 1}, 1.5), std::invalid_argument);
    EXPECT_TRUE(std::isnan(rhat({{}, 1})));
}

} // namespace
