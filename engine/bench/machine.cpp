#include "machine.hpp"
#include "../core/text.hpp"
#include <fmt/format.h>
#include <thread>

namespace entente {

std::string name_of_machine()
{
    std::string name = "unknown processor";
    for (const std::string& line : split(read_file("/proc/cpuinfo"), '\n'))
        if (line.starts_with("model name")) {
            name = trim(std::string_view(line).substr(line.find(':') + 1));
            break;
        }
    return fmt::format("{}, {} cores", name, std::thread::hardware_concurrency());
}

} // namespace entente
