#include "posterior.hpp"
#include <fstream>
namespace entente {
void write_posterior(const std::string& path, const Posterior&) { std::ofstream(path) << "x"; }
Posterior read_posterior(const std::string&) { return {}; }
}
