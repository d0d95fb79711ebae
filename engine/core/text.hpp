// Words about text: the nearest name to a misspelt one, lists, what is fit to be printed.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// The candidate with the smallest edit distance to `name`, or "" when none is near (more than a quarter of the letters wrong).
std::string nearest(std::string_view name, const std::vector<std::string>& candidates);
/// What was meant by an unknown name: the candidate that a slip away is; else those that have all of its words (parted by "_" or " "); else the nearest; else those
/// that have some of its words.
std::vector<std::string> meant(std::string_view name, const std::vector<std::string>& candidates);
/// Candidates that have all words of a name; none if they are many.
std::vector<std::string> with_all_words(std::string_view name, const std::vector<std::string>& candidates);
/// "; did you mean 'x'?" or "".
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);
/// One part more than there are separators; empty parts are parts.
std::vector<std::string> split(std::string_view text, char separator);
/// Without the blanks about it.
std::string_view trim(std::string_view text);
/// Bytes of the first character of a text in UTF-8; 0 if it is none.
std::size_t utf8_length(std::string_view text);
/// What came from a stranger, fit for a terminal: control characters, those that turn the direction of writing and bytes that are no UTF-8 stand as
/// "\u001b" and "\xff". Line breaks stay, so that it may be a whole page; JSON stays JSON of the same meaning.
std::string printable(std::string_view text);
inline constexpr std::size_t longest_name = 1000; ///< of what a user or a file calls something, in bytes
/// The same for a name within a line: line breaks are written so too.
std::string printable_name(std::string_view name);
/// What a stranger's file says, for messages: printable, in quotes, or of a long text its length.
std::string quoted_text(const std::string& text);
enum class Links : std::uint8_t { followed, refused };
/// Whole file as bytes. Throws std::runtime_error with the path and the reason; what is no file, such as a fifo or a device, is not waited for.
std::string read_file(const std::string& path, Links links = Links::followed);

} // namespace entente
