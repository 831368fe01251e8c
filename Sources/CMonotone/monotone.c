#include "monotone.h"

/* The layout that programs and the library must agree on. */
_Static_assert(sizeof(monotone_array) == 56, "an array's layout is part of the interface");
_Static_assert(sizeof(monotone_reply) == 32, "a reply's layout is part of the interface");
