// How much rank 0 can take: pieces that are ready made, asked of the other ranks and kept as those of a run are.
#pragma once
#include "../experiment/ranks/ranks.hpp"
#include "../scenario/scenario.hpp"

namespace entente {

/// What handing out takes.
struct HandingOut {
    /// What an answer holds.
    enum class Kind : std::uint8_t {
        nothing, ///< numbers of pieces; they go nowhere
        sweep,   ///< what a sweep of ten outcomes keeps of each piece: written into parts
        run      ///< what a plain run keeps, and what its summaries come to: summed up
    };
    /// Answers of one kind and size.
    struct Rate {
        Kind kind = Kind::nothing;
        std::uint32_t pieces = 1; ///< in an answer
        double bytes = 0;         ///< of it
        double answers_per_s = 0; ///< that rank 0 took
        double cpu_us = 0;        ///< of rank 0 for one, all of its threads
    };
    /// Rank 0's processor time for an answer is answer_us + pieces * piece_us.
    struct Cost {
        Kind kind = Kind::nothing;
        double answer_us = 0, piece_us = 0;
        double busy_threads = 0; ///< of all ranks together, with which one core of rank 0's would be busy all of the time with pieces alone
    };
    std::string machine;
    unsigned ranks = 0;
    std::uint32_t runs_a_piece = 0;
    double piece_s = 0;                                       ///< processor time that a piece of the scenario takes to make
    double swept_bytes = 0, piece_bytes = 0, state_bytes = 0; ///< of a sweep's piece, of a run's, and of a run's summaries
    std::vector<Rate> rates;
    std::vector<Cost> costs;
};
/// How it is measured.
struct HandingOutOptions {
    double seconds = 1;                  ///< of each measurement
    std::uint32_t most_pieces = 4096;    ///< of each; what is written takes room on disk
    std::uint32_t pieces_an_answer = 64; ///< of the larger answers; the smaller ones have one
    unsigned rounds = 3;                 ///< measurements of each thing; the least counts
};
/// A piece of a scenario, made once and handed out over and over by ranks whose rank 0 makes none.
HandingOut measure_handing_out(Ranks& ranks, const Scenario& scenario, const HandingOutOptions& options = {}, const std::function<void(double)>& progress = {});

} // namespace entente
