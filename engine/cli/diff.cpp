// diff: are two results the same, the same design with other numbers, or another design; and then in what, from where on and how far.
#include "../experiment/two_results.hpp"
#include "../report/difference.hpp"
#include "../report/documents.hpp"
#include "command.hpp"
#include "inputs.hpp"
#include <fmt/format.h>

namespace entente::cli {

/// Exit codes of its own.
static int code_of(Sameness verdict) { return verdict == Sameness::same ? 0 : verdict == Sameness::other_design ? 2 : 1; }

int diff_command(const std::vector<std::string>& arguments)
{
    boost::program_options::options_description options("Says whether two results of `run`, or two of `sweep`, hold the same data to the bit, the same design with fewer runs (one "
                                                        "is interrupted) or with other numbers, or another design, and then every setting that differs.\nExit codes: 0 same; 1 "
                                                        "same design, other numbers or fewer runs; 2 other design, or a file that cannot be read, or usage.\n\nOptions");
    options.add_options()("json", "as JSON on standard output");
    const auto given = parse("diff", arguments, options, {"A", "B"});
    const auto a = given["A"].as<std::string>(), b = given["B"].as<std::string>();
    for (const std::string& file : {a, b}) throw_if_for_another_command("diff", file);
    const Difference d = reading("diff", [&] { return difference_of(a, b); });
    if (given.count("json") != 0) tell("{}", report::printed(report::document("difference"), report::json_of(d, a, b)));
    else tell("{}", report::text_of(d, a, b));
    return code_of(d.verdict);
}

} // namespace entente::cli
