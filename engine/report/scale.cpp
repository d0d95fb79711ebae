#include "scale.hpp"
#include "words.hpp"
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

constexpr const char* kind_names[] = {"nothing", "sweep", "run"};
constexpr const char* kind_words[] = {"empty pieces", "a sweep's pieces, written", "a run's, with summaries"};
const char* name_of(HandingOut::Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
const char* words_of(HandingOut::Kind kind) { return kind_words[static_cast<std::size_t>(kind)]; }

std::string bytes_text(double bytes)
{
    return bytes < 1e3 ? fmt::format("{:.0f} B", bytes) : bytes < 1e6 ? fmt::format("{:.1f} kB", bytes / 1e3) : fmt::format("{:.1f} MB", bytes / 1e6);
}
std::string time_text(double s)
{
    if (!std::isfinite(s)) return "never";
    if (s < 120) return fmt::format("{:.1f} s", s);
    return s < 7200 ? fmt::format("{:.1f} min", s / 60) : fmt::format("{:.1f} h", s / 3600);
}
std::string hours_text(double core_s) { return std::isfinite(core_s) ? fmt::format("{:.2f}", core_s / 3600) : "-"; }

nlohmann::ordered_json number_or_null(double x) { return std::isfinite(x) ? nlohmann::ordered_json(x) : nlohmann::ordered_json(); }
nlohmann::ordered_json json_of(const ClusterTime& t)
{
    return {{"seconds", number_or_null(t.seconds)}, {"paid_core_s", number_or_null(t.paid_core_s)}, {"lost_core_s", number_or_null(t.lost_core_s)}, {"efficiency", t.efficiency}, {"failures", t.failures}};
}

} // namespace

std::string text_of(const HandingOut& h)
{
    std::string out = fmt::format("\n{}; {}\n", h.machine, counted(h.ranks, "rank", "ranks"));
    out += wrapped(fmt::format("A piece: {} runs, {:.1f} ms to make. Of a sweep it is {}, of a run {}; a run's summaries are {}.", h.runs_a_piece, 1e3 * h.piece_s,
                               bytes_text(h.swept_bytes), bytes_text(h.piece_bytes), bytes_text(h.state_bytes)),
                   80)
           + "\n";
    out += fmt::format("{:<28}{:>7}{:>11}{:>11}{:>12}{:>11}\n", "Rank 0 takes", "pieces", "an answer", "answers/s", "us/answer", "CPU us");
    for (const HandingOut::Rate& r : h.rates)
        out += fmt::format("  {:<26}{:>7}{:>11}{:>11.0f}{:>12.1f}{:>11.1f}\n", words_of(r.kind), r.pieces, bytes_text(r.bytes), r.answers_per_s, 1e6 / r.answers_per_s, r.cpu_us);
    out += fmt::format("\n{:<28}{:>12}{:>14}{:>26}\n", "Processor time of rank 0", "us/answer", "+ us/piece", "a core is busy with");
    for (const HandingOut::Cost& c : h.costs)
        out += fmt::format("  {:<26}{:>12.1f}{:>14.2f}{:>18} threads\n", words_of(c.kind), c.answer_us, c.piece_us, with_commas(static_cast<std::uint64_t>(c.busy_threads)));
    return out;
}

nlohmann::ordered_json json_of(const HandingOut& h)
{
    nlohmann::ordered_json rates, costs;
    for (const HandingOut::Rate& r : h.rates)
        rates.push_back({{"answers", name_of(r.kind)}, {"pieces", r.pieces}, {"bytes", r.bytes}, {"answers_per_s", r.answers_per_s}, {"cpu_us", r.cpu_us}});
    for (const HandingOut::Cost& c : h.costs)
        costs.push_back({{"answers", name_of(c.kind)}, {"answer_us", c.answer_us}, {"piece_us", c.piece_us}, {"busy_threads", c.busy_threads}});
    return {{"machine", h.machine},
            {"ranks", h.ranks},
            {"runs_a_piece", h.runs_a_piece},
            {"piece_s", h.piece_s},
            {"swept_bytes", h.swept_bytes},
            {"piece_bytes", h.piece_bytes},
            {"state_bytes", h.state_bytes},
            {"rates", rates},
            {"costs", costs}};
}

std::string text_of(const Forecast& f)
{
    const ClusterJob& j = f.job;
    const double alone = static_cast<double>(j.pieces) * j.piece_s;
    std::string out = fmt::format("\n{} runs in {} pieces of {:.1f} ms: {:.{}f} core-hours.\n", with_commas(f.runs), with_commas(j.pieces), 1e3 * j.piece_s, alone / 3600,
                                  alone < 36000 ? 1 : 0);
    out += fmt::format("Rank 0 takes {:.0f} us for an answer and {:.1f} us for each piece in it.\nThe result is put together in {} by one process.\n", 1e6 * j.answer_s,
                       1e6 * j.piece_answer_s, time_text(static_cast<double>(j.pieces) * j.result_s));
    out += f.between_failures_s > 0 ? fmt::format("A worker fails every {:.4g} days on average; {:.0f} s until it is at work again.\n\n", f.between_failures_s / 86400, j.restart_s)
                                    : "No worker fails.\n\n";
    out += fmt::format("{:>8}  {:-^42}  {:-^26}\n", "", " one job under MPI ", " an array of shards ");
    out += fmt::format("{:>8}{:>10}{:>10}{:>9}{:>8}{:>7}{:>11}{:>10}{:>7}\n", "workers", "time", "efficient", "lost c-h", "rank 0", "fails", "time", "efficient", "lost");
    for (const Forecast::Row& r : f.rows)
        out += fmt::format("{:>8}{:>10}{:>8.1f} %{:>9}{:>6.0f} %{:>7}{:>11}{:>8.1f} %{:>7}\n", with_commas(r.workers), time_text(r.ranks.seconds), 100 * r.ranks.efficiency,
                           hours_text(r.ranks.lost_core_s), 100 * r.ranks.rank_0_busy, std::isfinite(r.ranks.seconds) ? fmt::format("{}", r.ranks.failures) : "-",
                           time_text(r.shards.seconds), 100 * r.shards.efficiency, hours_text(r.shards.lost_core_s));
    out += "\ntime: from start to result. efficient: runs alone, of the core-hours paid.\nlost: core-hours thrown away by failures. rank 0: busy, while pieces are made.\n";
    return out;
}

nlohmann::ordered_json json_of(const Forecast& f)
{
    nlohmann::ordered_json rows;
    for (const Forecast::Row& r : f.rows) {
        nlohmann::ordered_json ranks = json_of(r.ranks);
        ranks["rank_0_busy"] = r.ranks.rank_0_busy;
        rows.push_back({{"workers", r.workers}, {"mpi", ranks}, {"shards", json_of(r.shards)}});
    }
    const ClusterJob& j = f.job;
    return {{"runs", f.runs},
            {"pieces", j.pieces},
            {"piece_s", j.piece_s},
            {"answer_s", j.answer_s},
            {"piece_answer_s", j.piece_answer_s},
            {"piece_bytes", j.piece_bytes},
            {"result_s", j.result_s},
            {"restart_s", j.restart_s},
            {"between_failures_s", f.between_failures_s},
            {"random_seed", f.seed},
            {"rows", rows}};
}

} // namespace entente::report
