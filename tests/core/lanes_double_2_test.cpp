#define ENTENTE_KERNEL test_double_2
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 2
#define SUITE LanesDouble2
#include "core/lanes_checks.hpp"
#include "core/draws_checks.hpp"
