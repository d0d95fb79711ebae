// What commands that make or read results print of them, and how they end.
#pragma once
#include "../experiment/carry_out.hpp"
#include <boost/program_options.hpp>

namespace entente::cli {

enum class As : std::uint8_t {
    text,
    all, ///< text of every date, event and interval
    json
};
inline constexpr const char* all_meaning = "every report date, event and exact interval";
/// By --json and --all.
As as_given(const boost::program_options::variables_map& given);

void print(const StoredResult& result, const std::string& path, As as);
/// `against`: the policy to which differences are; the first if not given.
void print(const StoredSweep& result, const std::string& path, As as, const std::optional<std::string>& against = {});
/// A result, read from its file.
void print_result(const std::string& path, As as);
/// Says on stderr which files of a folder are left out.
void say_what_is_damaged(const Parts& parts);
/// What is finished so far in a folder of parts.
void print_parts(const std::string& folder, As as);

/// Prints what an experiment came to, says on stderr how to go on, and returns the exit code. Throws std::runtime_error if every run failed.
int conclude(const Done& finished, As as);
/// Says on stderr, a line each with its place, what of the user's files is passed over.
void say(const std::vector<Problem>& notes);
inline constexpr const char* save_meaning = "keep the JSON in FILE, beside its data: entente show FILE --analysis NAME prints it";
/// With --save: keeps a command's document in the result that it is about, and says so on stderr.
void keep_if_asked(const boost::program_options::variables_map& given, const std::string& file, const char* command, const std::string& document);
/// Says on stderr that a file was written by other sources than this program's.
void say_if_another_engine(const Provenance& provenance);

} // namespace entente::cli
