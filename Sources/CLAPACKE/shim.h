#ifndef CLAPACKE_SHIM_H
#define CLAPACKE_SHIM_H

#include <cblas.h>
#include <lapacke.h>

#endif
