#ifndef CPETSC_SHIM_H
#define CPETSC_SHIM_H

#include <petscksp.h>

// What Swift does not see: macros, variables, and handlers with variable arguments.

static inline MPI_Comm monotone_world(void) { return PETSC_COMM_WORLD; }
static inline MPI_Comm monotone_self(void) { return PETSC_COMM_SELF; }

static inline PetscErrorCode monotone_return_errors(void) {
  return PetscPushErrorHandler(PetscReturnErrorHandler, NULL);
}

static inline int monotone_largest(double *values, int count) {
  return MPI_Allreduce(MPI_IN_PLACE, values, count, MPI_DOUBLE, MPI_MAX, PETSC_COMM_WORLD);
}

static inline int monotone_gather(const double *own, int count, double *all) {
  return MPI_Allgather(own, count, MPI_DOUBLE, all, count, MPI_DOUBLE, PETSC_COMM_WORLD);
}

static inline int monotone_barrier(void) { return MPI_Barrier(PETSC_COMM_WORLD); }
static inline void monotone_abort(int status) { MPI_Abort(PETSC_COMM_WORLD, status); }

#endif
