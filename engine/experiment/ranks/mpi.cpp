// The wire by MPI: the only page that names it.
#include "wire.hpp"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <list>
#include <map>
#include <mpi.h>
#include <sched.h>
#include <stdexcept>
#include <unistd.h>
#include <utility>

namespace entente {
namespace {

constexpr std::size_t longest = std::size_t{1} << 30; // MPI counts bytes in an int
enum : int { more_follows, the_last };                // tags

/// MPI from its beginning to its end.
class Session {
public:
    Session(int& argc, char**& argv)
    {
        int provided = 0;
        MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &provided);
        if (provided < MPI_THREAD_SERIALIZED) throw std::runtime_error("this MPI serves no other thread than the first");
    }
    ~Session()
    {
        // What still comes is received, or its sender could not end. A rank that does not take within seconds what leaves has died.
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (!given_up_ && !leaving_.empty() && std::chrono::steady_clock::now() < end) poll();
        if (!given_up_ && leaving_.empty()) MPI_Finalize();
    }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void give_up() { given_up_ = true; }
    void send(unsigned to, std::string text)
    {
        Leaving& letter = leaving_.emplace_back(std::move(text));
        for (std::size_t at = 0; at == 0 || at < letter.text.size(); at += longest) {
            const std::size_t n = std::min(longest, letter.text.size() - at);
            MPI_Isend(letter.text.data() + at, static_cast<int>(n), MPI_BYTE, static_cast<int>(to), at + n < letter.text.size() ? more_follows : the_last, MPI_COMM_WORLD,
                      &letter.requests.emplace_back());
        }
    }
    std::optional<Letter> poll()
    {
        clear_away();
        int there = 0;
        MPI_Status status;
        MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &status);
        if (there == 0) return std::nullopt;
        int n = 0;
        MPI_Get_count(&status, MPI_BYTE, &n);
        std::string& text = coming_[status.MPI_SOURCE];
        const std::size_t before = text.size();
        text.resize(before + static_cast<std::size_t>(n));
        MPI_Recv(text.data() + before, n, MPI_BYTE, status.MPI_SOURCE, status.MPI_TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        if (status.MPI_TAG == more_follows) return std::nullopt;
        return Letter{static_cast<unsigned>(status.MPI_SOURCE), std::exchange(text, {})};
    }

private:
    struct Leaving {
        explicit Leaving(std::string all) : text(std::move(all)) {}
        std::string text;
        std::deque<MPI_Request> requests; // which stay where they are
    };
    /// Letters that have left.
    void clear_away()
    {
        std::erase_if(leaving_, [](Leaving& letter) {
            return std::ranges::all_of(letter.requests, [](MPI_Request& request) {
                int gone = 0;
                MPI_Test(&request, &gone, MPI_STATUS_IGNORE);
                return gone != 0;
            });
        });
    }
    std::atomic<bool> given_up_{false};
    std::list<Leaving> leaving_;
    std::map<int, std::string> coming_; ///< from each rank, the letter of which more follows
};

/// Those that this rank is bound to; of a machine whose ranks are not bound, a part for each.
unsigned own_cores()
{
    MPI_Comm machine = MPI_COMM_NULL;
    int ranks = 1;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
    MPI_Comm_size(machine, &ranks);
    MPI_Comm_free(&machine);
    cpu_set_t set;
    CPU_ZERO(&set);
    const unsigned all = std::max(1u, static_cast<unsigned>(sysconf(_SC_NPROCESSORS_ONLN)));
    const unsigned may = sched_getaffinity(0, sizeof set, &set) == 0 ? static_cast<unsigned>(CPU_COUNT(&set)) : all;
    return std::max(1u, may < all ? may : all / static_cast<unsigned>(ranks));
}

} // namespace

std::optional<Wire> wire_here(int& argc, char**& argv)
{
    const auto session = std::make_shared<Session>(argc, argv);
    int rank = 0, ranks = 1;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    const unsigned cores = own_cores();
    if (ranks == 1) return std::nullopt;
    return Wire{.rank = static_cast<unsigned>(rank),
                .ranks = static_cast<unsigned>(ranks),
                .cores = cores,
                .send = [session](unsigned to, std::string text) { session->send(to, std::move(text)); },
                .poll = [session] { return session->poll(); },
                .give_up = [session] { session->give_up(); },
                .open = session};
}

} // namespace entente
