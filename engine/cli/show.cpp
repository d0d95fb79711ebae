// show: the answer of a result again, or of what is finished so far.
#include "command.hpp"
#include "results.hpp"

namespace entente::cli {

int show_command(const std::vector<std::string>& arguments)
{
    boost::program_options::options_description options("FILE: a result (.h5), or the folder of parts of one that is not finished.\n\nOptions");
    options.add_options()("json", "the answer as JSON on standard output");
    const auto given = parse("show", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const As as = given.count("json") != 0 ? As::json : As::text;
    reading("show", [&] {
        if (std::filesystem::is_directory(file)) print_parts(file, as);
        else print_result(file, as);
    });
    return done;
}

} // namespace entente::cli
