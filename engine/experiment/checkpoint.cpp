#include "checkpoint.hpp"
#include <bit>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace entente {

namespace {

// What each value is made of, once, for writing and for reading.
template <class File> void parts(File& file, Ruler& r)
{
    file.kind(r.norm, Ruler::Norm::second_largest), file.kind(r.reduction, Reduction::quadratic);
    file(r.units), file(r.slopes);
}
template <class File> void parts(File& file, Rule& r) { file(r.ruler), file(r.tolerance); }
template <class File> void parts(File& file, Generation& g)
{
    file(g.tolerance), file(g.tolerance_before), file(g.acceptance), file(g.moves), file(g.unique), file(g.effective), file(g.moved), file(g.runs), file(g.failed_runs);
}
template <class File> void parts(File& file, SmcState& s)
{
    file(s.deviates), file(s.summaries), file(s.rules), file(s.next), file(s.generations), file(s.runs), file(s.failed_runs), file(s.budget);
    file.kind(s.stopped, Stopped::too_few_particles);
}
template <class File> void parts(File& file, RunMoments& m) { file(m.runs), file(m.mean), file(m.covariance), file(m.precision), file(m.log_determinant); }
template <class File> void parts(File& file, SyntheticChain& c) { file(c.deviates), file(c.moments), file(c.shifts), file(c.log_likelihood), file(c.unmoved); }
template <class File> void parts(File& file, SyntheticPilot& p) { file(p.noise), file(p.skewness_p), file(p.measured); }
template <class File> void parts(File& file, EmulatorSums& e) { file(e.points), file(e.inputs), file(e.both), file(e.outputs), file(e.within); }
template <class File> void parts(File& file, SyntheticState& s)
{
    file(s.chains), file(s.archive), file(s.deviations), file(s.runs_a_point), file(s.pilot), file(s.deviates), file(s.log_likelihoods), file(s.shifts), file(s.seen);
    file(s.tried[0]), file(s.tried[1]), file(s.accepted[0]), file(s.accepted[1]), file(s.steps), file(s.next_look), file(s.runs), file(s.failed_points), file(s.longest_unmoved);
    file(s.rhat), file(s.ess);
    file.kind(s.stopped, SyntheticStopped::stuck);
}
template <class File> void parts(File& file, SyntheticProgress& p) { file(p.ruler), file(p.runs_before), file(p.state); }
template <class File> void parts(File& file, Checkpoint& c) { file(c.chains), file(c.synthetic); }

/// Every number as eight bytes, every list with its length before it.
class Writer {
public:
    template <class T> void operator()(const T& x)
    {
        if constexpr (std::is_arithmetic_v<T>) {
            const std::uint64_t bits = std::is_floating_point_v<T> ? std::bit_cast<std::uint64_t>(static_cast<double>(x)) : static_cast<std::uint64_t>(x);
            bytes_.append(reinterpret_cast<const char*>(&bits), sizeof bits);
        } else parts(*this, const_cast<T&>(x)); // which only reads it here
    }
    template <class T> void operator()(const std::vector<T>& list)
    {
        (*this)(list.size());
        for (const T& item : list) (*this)(item);
    }
    template <class T> void operator()(const std::optional<T>& x)
    {
        (*this)(std::uint64_t{x.has_value()});
        if (x) (*this)(*x);
    }
    template <class Kind> void kind(const Kind& x, Kind) { (*this)(static_cast<std::uint64_t>(x)); }
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// The same back. Throws std::runtime_error where bytes end too early or a number is none of its kind.
class Reader {
public:
    explicit Reader(std::string_view bytes) : left_(bytes) {}
    template <class T> void operator()(T& x)
    {
        if constexpr (std::is_floating_point_v<T>) x = std::bit_cast<double>(number());
        else if constexpr (std::is_integral_v<T>) x = static_cast<T>(number());
        else parts(*this, x);
    }
    template <class T> void operator()(std::vector<T>& list)
    {
        const std::uint64_t size = number();
        if (size > left_.size() / sizeof(std::uint64_t)) fail(); // an item is one number at least
        list.resize(size);
        for (T& item : list) (*this)(item);
    }
    template <class T> void operator()(std::optional<T>& x)
    {
        if (number() != 0) (*this)(x.emplace());
    }
    template <class Kind> void kind(Kind& x, Kind last)
    {
        const std::uint64_t n = number();
        if (n > static_cast<std::uint64_t>(last)) fail();
        x = static_cast<Kind>(n);
    }
    bool done() const { return left_.empty(); }

private:
    [[noreturn]] static void fail() { throw std::runtime_error("a checkpoint that is none"); }
    std::uint64_t number()
    {
        std::uint64_t x = 0;
        if (left_.size() < sizeof x) fail();
        std::memcpy(&x, left_.data(), sizeof x);
        left_.remove_prefix(sizeof x);
        return x;
    }
    std::string_view left_;
};

} // namespace

void write_checkpoint(const std::string& path, Key key, const Checkpoint& checkpoint)
{
    Writer writer;
    writer(checkpoint);
    write_whole(path, {writer.bytes()}, key, true);
}

Checkpoint read_checkpoint(const std::string& path, Key key)
{
    if (!std::filesystem::exists(path)) return {};
    const std::string bytes = read_whole(path, key);
    if (bytes.empty()) return {};
    try {
        Reader reader(bytes);
        Checkpoint checkpoint;
        reader(checkpoint);
        return reader.done() ? checkpoint : Checkpoint{};
    } catch (const std::runtime_error&) {
        return {};
    }
}

} // namespace entente
