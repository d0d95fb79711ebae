#include "told.hpp"
#include "../core/text.hpp"
#include "command.hpp"
#include "taken.hpp"

namespace entente::cli {

namespace po = boost::program_options;

/// "arg (=10)" says what it is if not given.
static std::string otherwise_of(const std::string& parameter)
{
    const std::size_t begin = parameter.find("(=");
    return begin == std::string::npos ? "" : parameter.substr(begin + 2, parameter.size() - begin - 3);
}

static report::OptionTold option_told(const std::string& command, const po::option_description& option, const std::string& section)
{
    const std::string parameter = option.format_parameter();
    const std::string& name = option.long_name();
    std::string letter;
    if (const std::string shown = option.format_name(); shown.size() > 2 && shown[0] == '-' && shown[1] != '-') letter = shown.substr(1, 1);
    return {.name = name,
            .letter = letter,
            .takes_value = !parameter.empty(),
            .otherwise = otherwise_of(parameter),
            .meaning = option.description(),
            .section = section,
            .value = parameter.empty() ? report::ValueTaken() : value_taken(command, name)};
}

report::CommandTold command_told(const std::string& command, const po::options_description& options, const std::string& explained)
{
    report::CommandTold told{.name = command, .usage = command, .summary = "", .preface = "", .options = {}, .places = {}};
    std::string section;
    for (const std::string& line : split(explained, '\n')) {
        const std::size_t dashes = line.find("--");
        if (line.starts_with("  -") && dashes != std::string::npos) {
            const std::string name = line.substr(dashes + 2, line.find(' ', dashes) - dashes - 2);
            told.options.push_back(option_told(command, options.find(name, false), section));
        } else if (told.options.empty()) told.preface += line + "\n";
        else if (!line.empty() && line[0] != ' ') section = line;
    }
    const auto end = [&] { told.preface.resize(told.preface.find_last_not_of(" \n") + 1); };
    end();
    for (const std::string_view heading : {"Options:", "What is looked for:"})
        if (told.preface.ends_with(heading)) told.preface.resize(told.preface.size() - heading.size()), end();
    for (const Command& known : commands())
        if (command == known.name) told.usage = known.usage, told.summary = known.summary;
    told.places = places_taken(command, told.usage);
    return told;
}

std::vector<report::CommandTold> all_told()
{
    std::vector<report::CommandTold> all;
    for (const Command& command : commands()) {
        try {
            command.run({"--help"});
        } catch (const Help& help) {
            all.push_back(help.told);
        }
    }
    return all;
}

} // namespace entente::cli
