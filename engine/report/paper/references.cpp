#include "references.hpp"
#include "../../core/text.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace entente::report {
namespace {

struct Entry {
    const char *key, *type, *fields;
};
/// The first is the software, as CITATION.cff has it.
constexpr Entry entries[] = {
    {"entente", "misc", "author = {{The entente developers}},\n  title = {entente: scenario simulation of {Russia-China} alignment},\n  year = {2026},\n  howpublished = {Software, MIT licence}"},
    {"agresti2005", "article",
     "author = {Agresti, Alan and Min, Yongyi},\n  title = {Simple improved confidence intervals for comparing matched proportions},\n  journal = {Statistics in Medicine},\n  "
     "volume = {24},\n  number = {5},\n  "
     "pages = {729--740},\n  year = {2005},\n  doi = {10.1002/sim.1781}"},
    {"brookmeyer1982", "article",
     "author = {Brookmeyer, Ron and Crowley, John},\n  title = {A confidence interval for the median survival time},\n  journal = {Biometrics},\n  volume = {38},\n  number = "
     "{1},\n  pages = "
     "{29--41},\n  year = {1982},\n  doi = {10.2307/2530286}"},
    {"brown2001", "article",
     "author = {Brown, Lawrence D. and Cai, T. Tony and DasGupta, Anirban},\n  title = {Interval estimation for a binomial proportion},\n  journal = {Statistical Science},\n  "
     "volume = {16},\n  number = "
     "{2},\n  pages = {101--133},\n  year = {2001},\n  doi = {10.1214/ss/1009213286}"},
    {"bryant2010", "article",
     "author = {Bryant, Benjamin P. and Lempert, Robert J.},\n  title = {Thinking inside the box: A participatory, computer-assisted approach to scenario discovery},\n  journal = "
     "{Technological "
     "Forecasting and Social Change},\n  volume = {77},\n  number = {1},\n  pages = {34--49},\n  year = {2010},\n  doi = {10.1016/j.techfore.2009.08.002}"},
    {"campolongo2007", "article",
     "author = {Campolongo, Francesca and Cariboni, Jessica and Saltelli, Andrea},\n  title = {An effective screening design for sensitivity analysis of large models},\n  journal "
     "= {Environmental "
     "Modelling \\& Software},\n  volume = {22},\n  number = {10},\n  pages = {1509--1518},\n  year = {2007},\n  doi = {10.1016/j.envsoft.2006.10.004}"},
    {"delmoral2012", "article",
     "author = {Del Moral, Pierre and Doucet, Arnaud and Jasra, Ajay},\n  title = {An adaptive sequential {Monte Carlo} method for approximate {Bayesian} computation},\n  journal "
     "= {Statistics and "
     "Computing},\n  volume = {22},\n  number = {5},\n  pages = {1009--1020},\n  year = {2012},\n  doi = {10.1007/s11222-011-9271-y}"},
    {"friedman1999", "article",
     "author = {Friedman, Jerome H. and Fisher, Nicholas I.},\n  title = {Bump hunting in high-dimensional data},\n  journal = {Statistics and Computing},\n  volume = {9},\n  "
     "number = {2},\n  pages = "
     "{123--143},\n  year = {1999},\n  doi = {10.1023/A:1008894516817}"},
    {"grimm2020", "article",
     "author = {Grimm, Volker and Railsback, Steven F. and Vincenot, Christian E. and Berger, Uta and Gallagher, Cara and DeAngelis, Donald L. and Edmonds, Bruce and Ge, Jiaqi "
     "and Giske, Jarl and "
     "Groeneveld, J{\\\"u}rgen and Johnston, Alice S. A. and Milles, Alexander and Nabe-Nielsen, Jacob and Polhill, J. Gareth and Radchuk, Viktoriia and Rohw{\\\"a}der, "
     "Marie-Sophie and Stillman, Richard A. "
     "and Thiele, Jan C. and Ayll{\\'o}n, Daniel},\n  title = {The {ODD} protocol for describing agent-based and other simulation models: A second update to improve clarity, "
     "replication, and structural "
     "realism},\n  journal = {Journal of Artificial Societies and Social Simulation},\n  volume = {23},\n  number = {2},\n  pages = {7},\n  year = {2020},\n  doi = "
     "{10.18564/jasss.4259}"},
    {"hornberger1981", "article",
     "author = {Hornberger, George M. and Spear, Robert C.},\n  title = {An approach to the preliminary analysis of environmental systems},\n  journal = {Journal of Environmental "
     "Management},\n  volume = "
     "{12},\n  pages = {7--18},\n  year = {1981}"},
    {"jansen1999", "article",
     "author = {Jansen, Michiel J. W.},\n  title = {Analysis of variance designs for model output},\n  journal = {Computer Physics Communications},\n  volume = {117},\n  number = "
     "{1--2},\n  pages = "
     "{35--43},\n  year = {1999},\n  doi = {10.1016/S0010-4655(98)00154-4}"},
    {"kaplan1958", "article",
     "author = {Kaplan, Edward L. and Meier, Paul},\n  title = {Nonparametric estimation from incomplete observations},\n  journal = {Journal of the American Statistical "
     "Association},\n  volume = {53},\n  "
     "number = {282},\n  pages = {457--481},\n  year = {1958},\n  doi = {10.1080/01621459.1958.10501452}"},
    {"morris1991", "article",
     "author = {Morris, Max D.},\n  title = {Factorial sampling plans for preliminary computational experiments},\n  journal = {Technometrics},\n  volume = {33},\n  number = "
     "{2},\n  pages = "
     "{161--174},\n  year = {1991},\n  doi = {10.1080/00401706.1991.10484804}"},
    {"muller2013", "article",
     "author = {M{\\\"u}ller, Birgit and Bohn, Friedrich and Dre{\\ss}ler, Gunnar and Groeneveld, J{\\\"u}rgen and Klassert, Christian and Martin, Romina and Schl{\\\"u}ter, Maja "
     "and Schulze, Jule and "
     "Weise, Hanna and Schwarz, Nina},\n  title = {Describing human decisions in agent-based models -- {ODD} + {D}, an extension of the {ODD} protocol},\n  journal = "
     "{Environmental Modelling \\& "
     "Software},\n  volume = {48},\n  pages = {37--48},\n  year = {2013},\n  doi = {10.1016/j.envsoft.2013.06.003}"},
    {"owen2013", "article",
     "author = {Owen, Art B.},\n  title = {Better estimation of small {Sobol'} sensitivity indices},\n  journal = {ACM Transactions on Modeling and Computer Simulation},\n  "
     "volume = {23},\n  number = "
     "{2},\n  pages = {11:1--11:17},\n  year = {2013},\n  doi = {10.1145/2457459.2457460}"},
    {"pianosi2018", "article",
     "author = {Pianosi, Francesca and Wagener, Thorsten},\n  title = {Distribution-based sensitivity analysis from a generic input-output sample},\n  journal = {Environmental "
     "Modelling \\& Software},\n  "
     "volume = {108},\n  pages = {197--207},\n  year = {2018},\n  doi = {10.1016/j.envsoft.2018.07.019}"},
    {"salmon2011", "inproceedings",
     "author = {Salmon, John K. and Moraes, Mark A. and Dror, Ron O. and Shaw, David E.},\n  title = {Parallel random numbers: As easy as 1, 2, 3},\n  booktitle = {Proceedings of "
     "the 2011 International "
     "Conference for High Performance Computing, Networking, Storage and Analysis},\n  pages = {16:1--16:12},\n  year = {2011},\n  doi = {10.1145/2063384.2063405}"},
    {"saltelli2010", "article",
     "author = {Saltelli, Andrea and Annoni, Paola and Azzini, Ivano and Campolongo, Francesca and Ratto, Marco and Tarantola, Stefano},\n  title = {Variance based sensitivity "
     "analysis of model output. "
     "Design and estimator for the total sensitivity index},\n  journal = {Computer Physics Communications},\n  volume = {181},\n  number = {2},\n  pages = {259--270},\n  year = "
     "{2010},\n  doi = "
     "{10.1016/j.cpc.2009.09.018}"},
    {"vehtari2021", "article",
     "author = {Vehtari, Aki and Gelman, Andrew and Simpson, Daniel and Carpenter, Bob and B{\\\"u}rkner, Paul-Christian},\n  title = {Rank-normalization, folding, and "
     "localization: An improved "
     "{$\\widehat{R}$} for assessing convergence of {MCMC}},\n  journal = {Bayesian Analysis},\n  volume = {16},\n  number = {2},\n  pages = {667--718},\n  year = {2021},\n  doi "
     "= {10.1214/20-BA1221}"},
    {"wood2010", "article",
     "author = {Wood, Simon N.},\n  title = {Statistical inference for noisy nonlinear ecological dynamic systems},\n  journal = {Nature},\n  volume = {466},\n  pages = "
     "{1102--1104},\n  year = {2010},\n  "
     "doi = {10.1038/nature09319}"},
};

} // namespace

std::vector<std::string> cited_in(const std::string& latex)
{
    static constexpr std::string_view cite = "\\cite{";
    std::vector<std::string> keys;
    for (std::size_t at = 0; (at = latex.find(cite, at)) != std::string::npos;) {
        at += cite.size();
        for (const std::string& key : split(std::string_view(latex).substr(at, latex.find('}', at) - at), ','))
            if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
    return keys;
}

std::string references_bib(const std::vector<std::string>& keys, const std::string& version)
{
    std::string out;
    for (const std::string& key : keys) {
        const auto* const at = std::ranges::find(entries, key, &Entry::key);
        if (at == std::end(entries)) throw std::out_of_range(fmt::format("no reference '{}'", key));
        out += fmt::format("@{}{{{},\n  {}{}\n}}\n\n", at->type, at->key, at->fields, key == "entente" ? fmt::format(",\n  note = {{Version {}}}", version) : "");
    }
    return out;
}

} // namespace entente::report
