#include "manual.hpp"
#include "../../core/text.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {
namespace {

/// Of one line.
std::string escaped(const std::string& line)
{
    std::string out;
    bool bold = false;
    for (const char c : line) switch (c) {
        case '\\': out += "\\e"; break;
        case '-': out += "\\-"; break; // what is copied from a page is a command
        case '\'': out += "\\(aq"; break;
        case '^': out += "\\(ha"; break;
        case '~': out += "\\(ti"; break;
        case '`': out += (bold = !bold) ? "\\fB" : "\\fR"; break;
        default: out += c;
        }
    if (bold) out += "\\fR";
    return out.starts_with('.') ? "\\&" + out : out;
}

/// In lines as short as a page's source has them.
std::string in_short_lines(const std::string& line)
{
    constexpr std::size_t longest = 78;
    std::string out, rest;
    for (const std::string& word : split(escaped(line), ' ')) {
        if (!rest.empty() && rest.size() + 1 + word.size() > longest) out += rest + "\n", rest.clear();
        rest += rest.empty() ? (word.starts_with('.') && !out.empty() ? "\\&" : "") + word : " " + word;
    }
    return out + rest + "\n";
}

/// Paragraphs, lines and tables as they stand; begins within a paragraph.
std::string body(const std::string& text)
{
    std::string out;
    bool table = false, fresh = true;
    const auto paragraph = [&] {
        if (!fresh) out += ".PP\n";
        fresh = true;
    };
    for (const std::string& line : split(text, '\n')) {
        if (trim(line).empty()) {
            if (table) out += ".fi\n", table = false;
            paragraph();
            continue;
        }
        if (line.starts_with("  ") != table) {
            if (table) out += ".fi\n";
            paragraph();
            table = !table;
            if (table) out += ".nf\n";
        } else if (!table && !fresh) out += ".br\n";
        out += table ? escaped(line) + "\n" : in_short_lines(line);
        fresh = false;
    }
    if (table) out += ".fi\n";
    while (out.ends_with(".PP\n")) out.resize(out.size() - 4);
    return out;
}

std::string option_tag(const OptionTold& option)
{
    const std::string name = escaped("--" + option.name), value = option.takes_value ? R"( " " \fIvalue\fR)" : "";
    return option.letter.empty() ? fmt::format(".TP\n.BR {}{}\n", name, value) : fmt::format(".TP\n.BR {} \", \" \\fB{}\\fR{}\n", escaped("-" + option.letter), name, value);
}

std::string options_of(const CommandTold& command)
{
    std::string out, section;
    for (const OptionTold& option : command.options) {
        if (option.section != section) section = option.section, out += ".PP\n" + in_short_lines(section);
        out += option_tag(option) + roff_text(option.otherwise.empty() ? option.meaning : fmt::format("{} (if not given: {})", option.meaning, option.otherwise));
    }
    return out;
}

std::string sentence(std::string text)
{
    if (text.empty()) return text;
    text[0] = static_cast<char>(text[0] >= 'a' && text[0] <= 'z' ? text[0] - 'a' + 'A' : text[0]);
    return text.ends_with('.') ? text : text + ".";
}

constexpr const char* after_commands = R"(.SH EXIT STATUS
.TP
0
Done.
.TP
1
A run or the machine failed.
.TP
2
Usage, or a bad input file: all that is wrong is said, each with its place.
.TP
130
Interrupted (SIGINT, SIGTERM, SIGHUP, SIGQUIT). What is finished is kept: of
.BR run ,
.BR sweep ,
.B calibrate
and
.BR sbc ,
.B \-\-resume
goes on.
.PP
.BR diff ,
.BR diagnose ,
.B calibrate
and
.B sbc
say by theirs what they found; see there.
.SH ENVIRONMENT
.TP
.B NO_COLOR
If set, no colours on a terminal.
.TP
.B TERM
If it is dumb or not set, no colours either.
.TP
.BR LC_ALL ", " LC_CTYPE ", " LANG
By the first of them that is set: whether pictures are drawn in UTF\-8 or in
ASCII.
.TP
.BR OMPI_COMM_WORLD_SIZE ", " PMI_SIZE
Set by who starts several copies for MPI: a program without it says that its
copies work alone. What Open MPI hands on has no colours.
.SH FILES
.TP
.I NAME.toml
A scenario, a sweep or a calibration.
.TP
.I results/NAME.h5
What
.BR run ,
.B sweep
and
.B calibrate
write if
.B \-\-out
does not say where: HDF5, open to h5py, xarray and R.
.TP
.I results/NAME.parts
What is finished of a result that is not: for
.BR \-\-resume ,
.B show
and
.BR merge .
.TP
.I /usr/share/entente/scenarios
Scenarios and sweeps that ship.
.TP
.I /usr/share/entente/calibration
Observed series, their sources, and the posterior from which scenarios draw.
.TP
.I /usr/share/entente/results
How to read a result in Python, R and as JSON.
.TP
.I /usr/share/doc/entente
README, list of changes, licences.
.PP
Where the program was installed with another prefix than
.IR /usr ,
these folders lie under that one.
.SH EXAMPLES
What becomes of the tie if nothing is added to what was in force at the end of
2024:
.PP
.RS
.nf
entente run /usr/share/entente/scenarios/baseline.toml
.fi
.RE
.PP
What an offer of the West to Russia changes, on the same random numbers:
.PP
.RS
.nf
cp \-r /usr/share/entente/scenarios /usr/share/entente/calibration .
entente new offer
entente check scenarios/offer.toml
entente run scenarios/offer.toml
entente compare scenarios/baseline.toml scenarios/offer.toml
.fi
.RE
.PP
A figure, a table, and a folder for a paper:
.PP
.RS
.nf
entente plot results/baseline.h5 shares \-\-out shares.pdf
entente show results/baseline.h5 \-\-latex classes
entente report results/baseline.h5 results/offer.h5 \-\-out paper
.fi
.RE
.PP
Many runs on several machines, by MPI (a program of its own, which does all that
this one does) or as jobs of Slurm's:
.PP
.RS
.nf
mpirun \-n 4 entente\-mpi run scenarios/baseline.toml \-\-runs 1000000
entente slurm scenarios/baseline.toml \-\-nodes 8 \-\-time 4:00:00
.fi
.RE
.SH SEE ALSO
.BR gnuplot (1),
.BR h5dump (1)
.PP
The model, equation by equation:
.IR /usr/share/doc/entente/ODD.md .
)";

} // namespace

std::string roff_text(const std::string& text)
{
    std::string out;
    for (const std::string& line : split(text, '\n')) out += in_short_lines(line);
    return out;
}

std::string manual_page(const std::vector<CommandTold>& commands, const ManualHead& head)
{
    std::string out = fmt::format(".TH ENTENTE 1 {} \"entente {}\" \"User Commands\"\n", head.date, head.version);
    out += ".SH NAME\nentente \\- simulate futures of the tie between Russia and China\n";
    out += ".SH SYNOPSIS\n.B entente\n.I command\n.RI [ options ]\n.br\n.B entente\n.I command\n.B \\-\\-help\n.br\n.B entente\n.BR \\-\\-version | \\-\\-help\n";
    out += fmt::format(".SH DESCRIPTION\n{}.PP\nData goes to standard output, talk to standard error.\nAn option's value follows it or an =.\n", body(head.overview));
    out += ".SH COMMANDS\n";
    for (const CommandTold& command : commands) {
        out += fmt::format(".SS entente {}\n{}", escaped(command.usage), roff_text(sentence(command.summary)));
        if (!command.preface.empty()) out += ".PP\n" + body(command.preface);
        out += options_of(command);
    }
    return out + after_commands;
}

} // namespace entente::report
