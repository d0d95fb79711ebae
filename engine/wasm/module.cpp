// The model as a WebAssembly module: a scenario as bytes in, dials turned, futures counted. No operating system: nothing is imported. Memory is the page's to read.
#include "../ensemble/explored.hpp"
#include "../scenario/bytes.hpp"
#include "../scenario/turned.hpp"
#include "../version.hpp"
#include <new>

using namespace entente;

namespace entente {
namespace wasm_float {
extern const Kernel kernel;
}
double seconds_now() { return 0; } // no clock: no run is given up
} // namespace entente

namespace {

/// What the page set, and what came of it.
struct Session {
    std::string bytes;
    std::optional<Scenario> base, turned; ///< as it was loaded, and as it stands
    std::vector<std::uint32_t> watched;
    Explored found;
};
Session& session()
{
    static Session s;
    return s;
}
template <class T> const void* data(const std::vector<T>& all) { return all.data(); }

} // namespace

extern "C" {

// The page checks what it asks for, and a fault of memory ends in a trap: the module is alone in its memory.
[[noreturn]] void __cxa_throw(void*, void*, void (*)(void*)) { __builtin_trap(); }
void* __cxa_allocate_exception(std::size_t) { __builtin_trap(); }
[[noreturn]] void __cxa_rethrow() { __builtin_trap(); }

#define EXPORT(name) __attribute__((export_name(#name))) name

/// The hash of the sources that this was built from, 16 letters.
const char* EXPORT(sources)() { return build().sources; }
/// Where so many bytes of a scenario are to be written, before load().
char* EXPORT(room)(std::uint32_t n)
{
    session().bytes.assign(n, '\0');
    return session().bytes.data();
}
/// 1: the scenario is there. 0: these are no bytes of one.
int EXPORT(load)()
{
    Session& s = session();
    s.base = scenario_in(s.bytes);
    s.turned = s.base, s.bytes = {};
    return s.base ? 1 : 0;
}
void EXPORT(unwatch)() { session().watched.clear(); }
/// Variables are named in rising order.
void EXPORT(watch)(std::uint32_t variable) { session().watched.push_back(variable); }
/// Back to the scenario as it was loaded.
void EXPORT(rest)() { session().turned = session().base; }
void EXPORT(turn)(std::uint32_t driver, double dial) { session().turned->dials[driver] = dial; }
void EXPORT(pull)(std::uint32_t lever, double value) { hold_lever(*session().turned, lever, value); }
void EXPORT(choose)(std::uint32_t structure, std::uint32_t alternative) { hold_structure(*session().turned, structure, alternative); }
void EXPORT(seed)(double seed) { session().turned->seed = static_cast<std::uint64_t>(seed); }
/// So many futures of what stands. Returns those that failed.
std::uint32_t EXPORT(simulate)(std::uint32_t runs)
{
    Session& s = session();
    s.turned->runs = runs;
    s.found = explored(*s.turned, wasm_float::kernel, s.watched);
    return s.found.failed;
}
std::uint32_t EXPORT(quarters)() { return session().found.quarters; }
std::uint64_t EXPORT(fingerprint)() { return session().found.fingerprint; }
/// Arrays of Explored.
const void* EXPORT(classes)() { return data(session().found.class_count); }
const void* EXPORT(orientations_seen)() { return data(session().found.orientation_count); }
const void* EXPORT(events)() { return data(session().found.event_count); }
const void* EXPORT(quantiles_seen)() { return data(session().found.quantile); }

} // extern "C"
