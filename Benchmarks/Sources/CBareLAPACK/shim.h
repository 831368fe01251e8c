#ifndef BARE_LAPACK_SHIM_H
#define BARE_LAPACK_SHIM_H

#include <cblas.h>
#include <lapacke.h>

#endif
