// Finished pieces of work on disk, so that nothing finished is ever lost: a folder of files that grow by a piece at a time, each brought to the disk and
// renamed after a while. A private format of one version of the program; results are consolidated from it.
#pragma once
#include "../core/packing.hpp"
#include "../ensemble/ensemble.hpp"
#include "durable.hpp"
#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>

namespace entente {

/// What parts belong to, by name: scenario, design, engine... Two experiments are the same if every text is.
using Identity = std::vector<std::pair<std::string, std::string>>;
/// Names the first entry that differs, with the first line in which it does; empty if none does.
std::string difference(const Identity& stored, const Identity& asked);

/// A piece as it lies on disk: what the kernel left, and the outcomes asked for.
struct StoredPiece {
    std::uint64_t number = 0;
    BlockResult result;
    std::vector<double> outcomes; ///< [outcome][run]
};

/// What parts keep of a piece, as much of it as `keep` says; and back. Throws std::length_error if the bytes end too early.
std::string part_of(const FinishedPiece& piece, const std::vector<double>& outcomes, Keep keep);
/// `number`: the piece's; `part`: what part_of() gave.
StoredPiece piece_in(std::uint64_t number, std::string_view part);

/// How long a file may grow, when so much time has passed since the work began: a tenth of that, from a tenth of a second to ten seconds. So a long job leaves few files.
std::chrono::steady_clock::duration longest_unfinished(std::chrono::steady_clock::duration at_work);

/// Pieces [first, end) of all: what one machine does.
struct Shard {
    std::uint32_t number = 1, of = 1;
    std::uint64_t first = 0, end = 0;
    bool operator==(const Shard&) const = default;
};
/// Pieces in a row, as many for each as can be. `number` from 1.
Shard shard_of(std::uint64_t pieces, std::uint32_t number, std::uint32_t of);
/// Of its pieces together.
std::uint64_t runs_in(const Plan& plan, const Shard& shard);

/// Whether a folder holds an experiment's parts, or at least what they would belong to.
bool holds_parts(const std::string& folder);
/// Whether a program is writing parts there.
bool is_at_work_in(const std::string& folder);
/// Removes what a program left that was killed while it removed its parts; nothing if there is more in the folder, or a program at work.
void remove_leftovers(const std::string& folder);

enum class Begin : std::uint8_t {
    go_on, ///< with what is there
    anew   ///< what is there is removed
};

/// A folder of finished pieces.
class Parts {
public:
    /// Opens the folder of an experiment, or makes it; `about` is kept beside the identity, without being compared. Throws std::runtime_error with the
    /// path: it cannot be made or locked, or belongs to another experiment (and says in what they differ). Pieces that are damaged count as not finished.
    Parts(std::string folder, const Identity& identity, const Identity& about, const Shard& shard, Begin begin = Begin::go_on);
    /// Opens an existing folder for reading.
    explicit Parts(std::string folder);
    ~Parts();
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    const std::string& folder() const { return folder_; }
    const Identity& identity() const { return identity_; }
    /// Texts that are not compared.
    const Identity& about() const { return about_; }
    /// A text of what is not compared; empty if there is none of this name.
    std::string about(const std::string& name) const;
    const Shard& shard() const { return shard_; }
    /// Numbers of the pieces on disk, rising.
    std::vector<std::uint64_t> finished() const;
    /// Files that were found damaged when the folder was opened; what lies before the damage counts.
    const std::vector<std::string>& damaged() const { return damaged_; }
    /// Whether the piece is there.
    bool has(std::uint64_t number) const;
    /// Keeps a finished piece of a thread, as much of it as `keep` says; a piece that is there stays as it is. Nothing but the machine's own end can take it away again,
    /// and from the first piece that comes longest_unfinished() later, or from flush() on, not that either.
    void add(unsigned thread, const FinishedPiece& piece, const std::vector<double>& outcomes, Keep keep);
    /// The same of one that part_of() has packed.
    void add(unsigned thread, std::uint64_t number, std::string_view part);
    /// Finishes the files that are still growing.
    void flush();
    /// Throws std::runtime_error if it is damaged.
    StoredPiece read(std::uint64_t number) const;
    std::vector<double> read_outcomes(std::uint64_t number) const; ///< alone
    /// Replaces the folder's state: what summaries came to, and of which pieces.
    void write_state(const std::vector<std::string_view>& pieces);
    std::string read_state() const; ///< empty if there is none
    /// Whether something is there in its place that cannot be read.
    bool has_damaged_state() const;
    /// Removes the parts, and the folder if nothing else is in it.
    void remove();

private:
    /// In one of the files; size 0: nowhere.
    struct Place {
        std::size_t file = 0;
        std::uint64_t offset = 0, size = 0;
    };
    struct Growing {
        std::unique_ptr<GrowingFile> file; ///< none: nothing to be finished
        std::string path;
        std::size_t at = 0; ///< in files_
        Packing packed;     ///< one piece
        std::chrono::steady_clock::time_point finished{};
    };
    Growing& growing_of(unsigned thread);
    void append(Growing& growing, std::uint64_t number, std::string_view part);
    void finish(Growing& growing);
    void note(std::size_t file, const Frame& frame);
    Place place_of(std::uint64_t number) const; ///< under the lock
    bool is_placed(std::uint64_t number) const; ///< under the lock
    /// The result of a single piece follows at once.
    bool synced() const { return shard_.end - shard_.first > 1; }
    void read_folder();
    /// The first bytes of a piece, as many as it has at most.
    std::string read_bytes(std::uint64_t number, std::uint64_t most) const;

    std::string folder_;
    Identity identity_, about_;
    Key key_ = 0; ///< of the identity
    Shard shard_;
    std::vector<std::string> files_, damaged_;
    static constexpr std::size_t together = 64;
    std::map<std::uint64_t, std::array<Place, together>> places_; ///< of finished pieces, by number / together: as large as what is there, whatever the shard is said to be
    std::map<unsigned, Growing> growing_;
    mutable std::mutex lock_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    int descriptor_ = -1;
};

} // namespace entente
