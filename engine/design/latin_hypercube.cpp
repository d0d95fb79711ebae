#include "address.hpp"
#include "kinds.hpp"

namespace entente {
namespace {

// A coordinate is the middle (2 cell + 1) / 2^33 of one of 2^32 cells. With n <= 2^31 shares, all below fits into 64 bits.
constexpr std::uint64_t cells = std::uint64_t{1} << 32;

/// The share of n in which the cell's middle lies; it never lies on a border.
std::uint64_t share_of(std::uint64_t cell, std::uint64_t n) { return (2 * cell + 1) * n >> 33; }
/// The first cell whose middle lies in this share.
std::uint64_t first_cell(std::uint64_t share, std::uint64_t n) { return share == n ? cells : ((share << 33) / n + 1) / 2; }
std::uint64_t cell_in(std::uint64_t share, std::uint64_t n, std::uint64_t at)
{
    const std::uint64_t first = first_cell(share, n);
    return first + at % (first_cell(share + 1, n) - first);
}

/// Cells of n points in one factor, whose address is `at`.
std::vector<std::uint64_t> column(std::uint64_t n, std::uint64_t at)
{
    const auto place = [at](std::uint64_t share, std::uint64_t shares) { return cell_in(share, shares, further(further(further(at, 1), shares), share)); };
    const auto order = [at](std::uint64_t count, std::uint64_t shares) { return shuffled(count, further(further(at, 2), shares)); };
    std::uint64_t odd = n;
    while (odd % 2 == 0) odd /= 2;
    std::vector<std::uint64_t> cell;
    cell.reserve(n);
    for (const std::uint32_t share : order(odd, odd)) cell.push_back(place(share, odd));
    for (std::uint64_t shares = 2 * odd; shares <= n; shares *= 2) {
        std::vector<bool> taken(shares);
        for (const std::uint64_t c : cell) taken[share_of(c, shares)] = true;
        for (const std::uint32_t pair : order(shares / 2, shares)) { // of halves, one of which is empty
            const std::uint64_t empty = taken[2 * std::uint64_t{pair}] ? 2 * pair + 1 : 2 * pair;
            cell.push_back(place(empty, shares));
        }
    }
    return cell;
}

Design lay(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::size_t d = factors.size();
    Design design = blank_design(d, choice.points);
    for (std::size_t k = 0; k < d; ++k) {
        const std::vector<std::uint64_t> cell = column(choice.points, number_at(choice.seed, k));
        for (std::size_t point = 0; point < design.points; ++point) design.u[point * d + k] = (static_cast<double>(cell[point]) + 0.5) * 0x1p-32;
    }
    return design;
}

} // namespace

/// McKay, Beckman & Conover (1979): of n points, each factor has one in each of n equal shares, at a random place in it, and the factors' orders
/// know nothing of each other. n = odd x 2^k points are grown from `odd` by doublings (Sallaberry, Helton & Hora 2008): each share is cut in
/// two, the old points stay, and as many new ones fill the empty halves in random order. So the design of 2n points begins with that of n; n + 1
/// points are another design. Coordinates are odd multiples of 2^-33: none lies on a border of shares, and floor(n u) is exact in double
/// precision up to n = 2^20.
constinit const DesignKind designs::latin_hypercube{.name = "latin_hypercube", .counts = "point", .seed = true, .lay = lay};

} // namespace entente
