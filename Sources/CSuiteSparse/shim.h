#ifndef CSUITESPARSE_SHIM_H
#define CSUITESPARSE_SHIM_H

#include <suitesparse/klu.h>

#endif
