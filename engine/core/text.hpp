// Words about text: the nearest name to a misspelt one, lists, columns.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// The candidate with the smallest edit distance to `name`, or "" when none is near (more than a third of the letters wrong).
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);
/// "; did you mean 'x'?" or "".
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);
std::vector<std::string> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
/// Whole file as bytes. Throws std::runtime_error with the path and the reason.
std::string read_file(const std::string& path);

} // namespace entente
