#ifndef CFLINT_SHIM_H
#define CFLINT_SHIM_H

#include <mpfr.h>
#include <flint/fmpq.h>
#include <flint/fmpq_mat.h>
#include <flint/fmpz.h>
#include <flint/fmpz_mat.h>
#include <flint/nmod_mat.h>
#include <flint/ulong_extras.h>
#include <arb.h>

#endif
