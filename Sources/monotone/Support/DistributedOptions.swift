import ArgumentParser

/// Runs that are spread over several processes.
struct DistributedOptions: ParsableArguments {
  @Flag(
    help: """
      Spread the run over the processes of an MPI job (mpirun -n K monotone …), for models in an \
      uncompressed .umb or its shards. Needs a build by make distributed.
      """)
  var distributed = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Options of PETSc's solvers with --distributed, such as '-ksp_type gmres -pc_type hypre'. (default: \
      BiCGSTAB, then GMRES with HYPRE)
      """, valueName: "options"))
  var petsc: String?

  func validate() throws {
    if petsc != nil, !distributed { throw ValidationError("--petsc goes with --distributed") }
    #if !Distributed
      if distributed {
        throw ValidationError(
          "this build has no PETSc, which --distributed needs; build one with make distributed")
      }
    #endif
  }
}
