// A page of one file that asks the network for nothing: its style, its scripts and its data, with a policy that lets no other script run. Pure functions.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente::report {

/// What a page is made of. Texts of strangers stand in `title` and `data` alone.
struct PageParts {
    std::string title;
    std::vector<std::string_view> scripts;                   ///< ours, in this order, as one script: names of the first are known to the next
    std::vector<std::pair<std::string, std::string>> data{}; ///< by id: JSON or base64, which a script reads as document.getElementById(id).textContent
    std::vector<std::string> allowed{};                      ///< more of the policy: "worker-src blob:"
    std::vector<std::string> script_sources{};               ///< and of its scripts: "'wasm-unsafe-eval'"
    std::string without_scripts = "This page draws its charts with scripts of its own, which are switched off here.";
};
/// A whole HTML document.
std::string page_shell(const PageParts& parts);

/// Of the charts, in order: marks, chart, over_time, bars, table.
std::vector<std::string_view> chart_scripts();
/// CSS.
std::string_view page_style();

/// JSON such that nothing in it ends its element, whatever texts it holds.
std::string json_in_html(const std::string& json);
/// Nothing in it is taken for a tag or an entity.
std::string text_in_html(std::string_view text);
/// RFC 4648.
std::string base64_of(std::span<const unsigned char> bytes);
/// FIPS 180-4.
std::vector<unsigned char> sha256_of(std::string_view text);

} // namespace entente::report
