// Figures of a result, as scripts for gnuplot with their data in them.
#pragma once
#include "../analysis/answer.hpp"

namespace entente::report {

enum class Format : std::uint8_t { svg, pdf, png };

/// The five classes stacked over the free world's quarters (of a run that ends with the history, over that). It draws on gnuplot's standard output and names no file.
std::string class_shares_script(const Answer& answer, std::uint64_t seed, Format format);

/// The SVG that gnuplot drew, with what it shows as its title and the script as its metadata, so that it says what it was made of.
std::string svg_with_script(const std::string& svg, const std::string& script);

} // namespace entente::report
