// Large arrays in large pages, where the system offers them: fewer misses of the address cache. A hint, without effect on results.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>
#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace entente {

/// Gives a vector of plain numbers its size; memory that it has to get for it is asked for in large pages.
template <class T> void resize_large(std::vector<T>& v, std::size_t size)
{
    if (size > v.capacity()) {
        v.clear();
        v.reserve(size);
#if defined(__linux__)
        const std::size_t page = 4096;
        const auto begin = (reinterpret_cast<std::uintptr_t>(v.data()) + page - 1) / page * page, end = reinterpret_cast<std::uintptr_t>(v.data() + size) / page * page;
        if (end > begin) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
    }
    v.resize(size);
}

} // namespace entente
