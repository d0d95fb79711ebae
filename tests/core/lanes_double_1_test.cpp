#define ENTENTE_KERNEL test_double_1
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 1
#define SUITE LanesDouble1
#include "core/lanes_checks.hpp"
#include "core/draws_checks.hpp"
