// Ready pieces handed out over a wire through memory: what is measured is what was asked, answer by answer.
#include "bench/handing_out.hpp"
#include "in_memory.hpp"
#include "small.hpp"

namespace entente {
namespace {

TEST(HandingOut, ReadyPiecesAreThePartsAndTheStateThatWereOrdered)
{
    const std::atomic<bool> go{false};
    const Answering answer = answering(order_of_ready("part", "state"), 1, go);
    const std::vector<std::uint64_t> numbers{7, 3};
    const std::string given = answer(pieces_request(numbers));
    const MadePieces made = made_in(given);
    ASSERT_EQ(made.pieces.size(), 2u);
    EXPECT_EQ(made.pieces[1].first, 3u);
    EXPECT_EQ(made.pieces[1].second, "part");
    EXPECT_EQ(made.state, "state");
    EXPECT_THROW(answering(order_of_ready("part", "state").substr(0, 12), 1, go), std::runtime_error);
}

TEST(HandingOut, IsMeasuredByKindAndSizeOfAnswers)
{
    Together together(3);
    const HandingOut h = measure_handing_out(*together.ranks, small_scenario(1), {.seconds = 0.1, .most_pieces = 40, .pieces_an_answer = 4, .rounds = 1});
    EXPECT_EQ(h.ranks, 3u);
    EXPECT_EQ(h.runs_a_piece, 256u);
    EXPECT_GT(h.piece_s, 0);
    ASSERT_EQ(h.rates.size(), 6u);
    ASSERT_EQ(h.costs.size(), 3u);
    EXPECT_EQ(h.swept_bytes - 10 * 256 * 8, h.piece_bytes - 256 * 8 - 18 * 256 * 4) << "ten outcomes for one, and no values of the 18 variables at the one date before the horizon";
    const double number = 16; // and length of a part
    const double parts[] = {0, h.swept_bytes, h.piece_bytes};
    for (std::size_t kind = 0; kind < 3; ++kind) {
        const HandingOut::Rate &one = h.rates[2 * kind], &four = h.rates[2 * kind + 1];
        EXPECT_EQ(one.pieces, 1u);
        EXPECT_EQ(four.pieces, 4u);
        EXPECT_DOUBLE_EQ(four.bytes - one.bytes, 3 * (parts[kind] + number));
        EXPECT_EQ(one.bytes > h.state_bytes, kind == 2) << "summaries go with a run's answers alone";
        for (const HandingOut::Rate& rate : {one, four}) EXPECT_GT(rate.answers_per_s, 0);
        EXPECT_NEAR(h.costs[kind].busy_threads * h.costs[kind].piece_us, h.piece_s * 1e6, 1);
    }
}

} // namespace
} // namespace entente
