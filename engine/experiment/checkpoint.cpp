#include "checkpoint.hpp"
#include <bit>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace entente {

namespace {

/// Every number as eight bytes, every list with its length before it.
class Bytes {
public:
    void operator()(std::uint64_t x) { bytes_.append(reinterpret_cast<const char*>(&x), sizeof x); }
    void operator()(double x) { (*this)(std::bit_cast<std::uint64_t>(x)); }
    template <class T> void operator()(const std::vector<T>& list)
    {
        (*this)(std::uint64_t{list.size()});
        for (const T& item : list) (*this)(item);
    }
    void operator()(const Ruler& r)
    {
        (*this)(static_cast<std::uint64_t>(r.norm)), (*this)(static_cast<std::uint64_t>(r.reduction));
        (*this)(r.units), (*this)(r.slopes);
    }
    void operator()(const Rule& r) { (*this)(r.ruler), (*this)(r.tolerance); }
    void operator()(const Generation& g)
    {
        for (const double x : {g.tolerance, g.tolerance_before, g.acceptance, g.moved}) (*this)(x);
        for (const std::uint64_t x : {std::uint64_t{g.moves}, std::uint64_t{g.unique}, g.runs, g.failed_runs}) (*this)(x);
    }
    void operator()(const SmcState& s)
    {
        (*this)(s.deviates), (*this)(s.summaries), (*this)(s.rules), (*this)(s.next), (*this)(s.generations);
        for (const std::uint64_t x : {s.runs, s.failed_runs, static_cast<std::uint64_t>(s.stopped)}) (*this)(x);
    }
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// The same back. Throws std::runtime_error where bytes end too early or a number is none of its kind.
class Reader {
public:
    explicit Reader(std::string_view bytes) : left_(bytes) {}
    void operator()(std::uint64_t& x)
    {
        if (left_.size() < sizeof x) fail();
        std::memcpy(&x, left_.data(), sizeof x);
        left_.remove_prefix(sizeof x);
    }
    void operator()(double& x) { x = std::bit_cast<double>(number()); }
    template <class T> void operator()(std::vector<T>& list)
    {
        const std::uint64_t size = number();
        if (size > left_.size() / sizeof(std::uint64_t)) fail(); // an item is one number at least
        list.resize(size);
        for (T& item : list) (*this)(item);
    }
    void operator()(Ruler& r)
    {
        r.norm = one_of<Ruler::Norm>(Ruler::Norm::second_largest), r.reduction = one_of<Reduction>(Reduction::quadratic);
        (*this)(r.units), (*this)(r.slopes);
    }
    void operator()(Rule& r) { (*this)(r.ruler), (*this)(r.tolerance); }
    void operator()(Generation& g)
    {
        for (double* const x : {&g.tolerance, &g.tolerance_before, &g.acceptance, &g.moved}) (*this)(*x);
        g.moves = static_cast<std::uint32_t>(number()), g.unique = number(), g.runs = number(), g.failed_runs = number();
    }
    void operator()(SmcState& s)
    {
        (*this)(s.deviates), (*this)(s.summaries), (*this)(s.rules), (*this)(s.next), (*this)(s.generations);
        s.runs = number(), s.failed_runs = number(), s.stopped = one_of<Stopped>(Stopped::too_few_particles);
    }
    bool done() const { return left_.empty(); }

private:
    [[noreturn]] static void fail() { throw std::runtime_error("a checkpoint that ends too early"); }
    std::uint64_t number()
    {
        std::uint64_t x = 0;
        (*this)(x);
        return x;
    }
    template <class Kind> Kind one_of(Kind last)
    {
        const std::uint64_t x = number();
        if (x > static_cast<std::uint64_t>(last)) fail();
        return static_cast<Kind>(x);
    }
    std::string_view left_;
};

} // namespace

void write_checkpoint(const std::string& path, Key key, const ChainStates& states)
{
    Bytes bytes;
    bytes(states);
    write_whole(path, {bytes.bytes()}, key, true);
}

ChainStates read_checkpoint(const std::string& path, Key key)
{
    if (!std::filesystem::exists(path)) return {};
    const std::string bytes = read_whole(path, key);
    try {
        Reader reader(bytes);
        ChainStates states;
        if (!bytes.empty()) reader(states);
        return reader.done() ? states : ChainStates{};
    } catch (const std::runtime_error&) {
        return {};
    }
}

} // namespace entente
