// What the program says of itself, as values: commands, options, and what may follow them. The manual page and the shells' completions are written from it.
#pragma once
#include <string>
#include <vector>

namespace entente::report {

/// What an option or a place takes. All empty: a text or number that cannot be listed.
struct ValueTaken {
    std::vector<std::string> words;   ///< these
    std::vector<std::string> endings; ///< files whose names end so, "h5"; folders are gone through
    bool folders = false;
};
/// An option of a command.
struct OptionTold {
    std::string name;   ///< "out"
    std::string letter; ///< "o", or empty
    bool takes_value = false;
    std::string otherwise; ///< the value if not given; empty: none, or said in the meaning
    std::string meaning;
    std::string section; ///< of the help; empty: the first
    ValueTaken value;
};
/// A command, with all that may follow it.
struct CommandTold {
    std::string name, usage, summary; ///< "run"; "run FILE"; what it does
    std::string preface;              ///< of its help: paragraphs, lines, and tables that begin with two blanks
    std::vector<OptionTold> options;  ///< as the help lists them
    std::vector<ValueTaken> places;   ///< what is given without an option, one by one; the last one repeats
};

} // namespace entente::report
