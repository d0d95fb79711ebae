// JSON whole, for who puts it together or prints it; the other headers of this room name it alone.
#pragma once
#include <nlohmann/json.hpp>
