#ifndef CFLINT_SHIM_H
#define CFLINT_SHIM_H

#include <mpfr.h>
#include <flint/fmpq.h>
#include <flint/fmpz.h>

#endif
