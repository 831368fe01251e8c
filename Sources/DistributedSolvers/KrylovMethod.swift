#if Distributed
  internal import CPETSc
  internal import MonotoneFiles

  /// A Krylov method with a preconditioner; options of the user go over it.
  enum KrylovMethod: CaseIterable {
    /// BiCGSTAB with PETSc's own preconditioner, incomplete factors of each process's block: for chains that
    /// mix.
    case quick
    /// GMRES with algebraic multigrid (HYPRE): for walks, and others that mix slowly.
    case steady
    /// Elimination (MUMPS), where memory allows for it: for chains on which both fail.
    case direct

    /// The methods to try in turn: one alone where the user chose it.
    static var attempts: [KrylovMethod] {
      PETSc.hasOption("-ksp_type") || PETSc.hasOption("-pc_type") ? [.quick] : allCases
    }

    /// Sets a solver up.
    func apply(to solver: KSP?) throws(RunFailure) {
      var preconditioner: PC?
      PETSc.require(KSPGetPC(solver, &preconditioner), "KSPGetPC")
      switch self {
      case .quick: PETSc.require(KSPSetType(solver, KSPBCGS), "KSPSetType")
      case .steady:
        PETSc.require(KSPSetType(solver, KSPGMRES), "KSPSetType")
        PETSc.require(KSPGMRESSetRestart(solver, 100), "KSPGMRESSetRestart")
        PETSc.require(PCSetType(preconditioner, PCHYPRE), "PCSetType")
      case .direct:
        PETSc.require(KSPSetType(solver, KSPGMRES), "KSPSetType")
        PETSc.require(PCSetType(preconditioner, PCLU), "PCSetType")
        PETSc.require(
          PCFactorSetMatSolverType(preconditioner, MATSOLVERMUMPS), "PCFactorSetMatSolverType")
      }
      guard KSPSetFromOptions(solver) == PETSc.success else {
        throw RunFailure(
          "PETSc refuses an option of its solver; look at --petsc and PETSC_OPTIONS", .usage)
      }
    }

    /// Lets tolerances of the user go over those of the caller.
    func applyOptions(to solver: KSP?) {
      PETSc.require(KSPSetFromOptions(solver), "KSPSetFromOptions")
    }
  }
#endif
