#include "command.hpp"
#include "../core/number.hpp"
#include "../core/shell_word.hpp"
#include "../core/text.hpp"
#include "../report/words.hpp"
#include "told.hpp"
#include <fmt/format.h>
#include <limits>
#include <sstream>
#include <typeinfo>

namespace entente::cli {

namespace po = boost::program_options;

static constexpr std::size_t help_width = 80;

std::string command_line(const std::string& command, const std::vector<std::string>& arguments)
{
    std::string line = "entente " + command;
    for (const std::string& a : arguments) line += " " + for_shell(a);
    return line;
}

template <class Number> static std::string fault_of(const std::string& text)
{
    using Limits = std::numeric_limits<Number>;
    if (number_in<Number>(text)) return "";
    if (!std::is_integral_v<Number>) return fmt::format("a number, got '{}'", text);
    return fmt::format("a whole number{}, got '{}'", std::is_signed_v<Number> ? "" : fmt::format(" from 0 to {}", Limits::max()), text);
}
/// Boost reads -1 as the greatest count there is, and says of no option what it would take.
static void refuse_what_is_no_number(const po::option& given, const po::options_description& all)
{
    const po::option_description* const known = all.find_nothrow(given.string_key, false);
    const auto* const typed = known ? dynamic_cast<const po::typed_value_base*>(known->semantic().get()) : nullptr;
    if (!typed || given.value.empty()) return;
    const std::type_info& type = typed->value_type();
    const std::string& text = given.value[0];
    const std::string fault = type == typeid(std::uint32_t)   ? fault_of<std::uint32_t>(text)
                              : type == typeid(std::uint64_t) ? fault_of<std::uint64_t>(text)
                              : type == typeid(std::int64_t)  ? fault_of<std::int64_t>(text)
                              : type == typeid(double)        ? fault_of<double>(text)
                                                              : "";
    if (!fault.empty()) throw UsageError(fmt::format("--{}: {}", given.string_key, fault));
}

/// "; it is of show": the other commands that have an option of this name, by what their help says.
static std::string elsewhere(const std::string& command, const std::string& option)
{
    std::string names;
    for (const Command& other : commands()) {
        if (command == other.name) continue;
        try {
            other.run({"--help"});
        } catch (const Help& help) {
            if (help.text.find(" " + option + " ") != std::string::npos) names += fmt::format("{}{}", names.empty() ? "; it is of " : ", ", other.name);
        }
    }
    return names;
}

/// What stands above the options comes in lines as long as they are made.
static std::string in_lines(const std::string& text)
{
    std::string out;
    for (const std::string& line : split(text, '\n')) out += report::columns(line) > help_width ? report::wrapped(line, help_width) : line + "\n";
    out.pop_back();
    return out;
}

/// Without the brackets of what may be missing.
static std::vector<std::string> names_of(std::vector<std::string> positionals)
{
    for (std::string& name : positionals)
        if (name.starts_with('[')) name = name.substr(1, name.size() - 2);
    return positionals;
}

po::variables_map parse(const std::string& command, const std::vector<std::string>& arguments, po::options_description options, const std::vector<std::string>& positionals)
{
    options.add_options()("help,h", "this text");
    po::options_description all;
    all.add(options);
    po::positional_options_description places;
    for (const std::string& name : names_of(positionals)) {
        if (name.ends_with("...")) all.add_options()(name.c_str(), po::value<std::vector<std::string>>()), places.add(name.c_str(), -1);
        else all.add_options()(name.c_str(), po::value<std::string>()), places.add(name.c_str(), 1);
    }
    std::string usage = fmt::format("Usage: entente {}", command);
    for (const std::string& name : positionals) usage += fmt::format(" {}", name);
    po::variables_map given;
    try {
        const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
        const po::parsed_options parsed = po::command_line_parser(arguments).options(all).positional(places).style(style).run();
        for (const po::option& option : parsed.options) refuse_what_is_no_number(option, all);
        po::store(parsed, given);
        if (given.count("help") != 0) {
            std::ostringstream explained;
            explained << options;
            throw Help{fmt::format("{} [options]\n\n{}", usage, in_lines(explained.str())), command_told(command, options, explained.str())};
        }
        po::notify(given);
    } catch (const po::unknown_option& e) {
        std::vector<std::string> names;
        for (const auto& option : options.options()) names.push_back("--" + option->long_name());
        if (e.get_option_name() == "--save")
            throw UsageError(fmt::format("entente {}: --save keeps what was found in the one result that it is about, and here is none; --json > FILE.json writes it to a file", command));
        const std::string there = elsewhere(command, e.get_option_name());
        throw UsageError(fmt::format("entente {}: unknown option '{}'{}", command, e.get_option_name(), there.empty() ? did_you_mean(e.get_option_name(), names) : there));
    } catch (const po::invalid_command_line_syntax& e) {
        const po::option_description* const known = e.kind() == po::invalid_syntax::missing_parameter ? options.find_nothrow(e.get_option_name().substr(2), false) : nullptr;
        throw UsageError(known ? fmt::format("entente {}: {} takes a value: {}", command, e.get_option_name(), known->description()) : fmt::format("entente {}: {}", command, e.what()));
    } catch (const po::too_many_positional_options_error&) {
        throw UsageError(fmt::format("entente {}: too many arguments\n{}", command, usage));
    } catch (const po::error& e) {
        throw UsageError(fmt::format("entente {}: {}", command, e.what()));
    }
    for (const std::string& name : positionals)
        if (!name.starts_with('[') && given.count(name) == 0) throw UsageError(fmt::format("entente {}: {} is missing\n{}", command, name, usage));
    return given;
}

} // namespace entente::cli
