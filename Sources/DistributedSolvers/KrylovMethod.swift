#if Distributed
  internal import CPETSc
  internal import MonotoneFiles

  /// A Krylov method with a preconditioner; options of the user go over it.
  enum KrylovMethod: CaseIterable {
    /// BiCGSTAB with PETSc's own preconditioner, incomplete factors of each process's block: for chains that
    /// mix.
    case quick
    /// GMRES with algebraic multigrid (HYPRE, else PETSc's own): for walks, and others that mix slowly.
    case steady
    /// Elimination (MUMPS, else by each process for itself), where memory allows for it: for chains on which both fail.
    case direct

    /// The methods to try in turn: one alone where the user chose it.
    static var attempts: [KrylovMethod] {
      PETSc.hasOption("-ksp_type") || PETSc.hasOption("-pc_type") ? [.quick] : allCases
    }

    /// The stand-in for a package that PETSc was built without; nil where none is missing.
    var remark: String? {
      switch self {
      case .steady where !PETSc.has("hypre"):
        "PETSc has no HYPRE: its own algebraic multigrid (GAMG) was used, which suits fewer chains"
      case .direct where !PETSc.has("mumps"):
        "PETSc has no MUMPS: each process factored the whole matrix, which takes more memory"
      default: nil
      }
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
        PETSc.require(
          PCSetType(preconditioner, PETSc.has("hypre") ? PCHYPRE : PCGAMG), "PCSetType")
      case .direct:
        PETSc.require(KSPSetType(solver, KSPGMRES), "KSPSetType")
        guard PETSc.has("mumps") else {
          PETSc.require(PCSetType(preconditioner, PCREDUNDANT), "PCSetType")
          break
        }
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

  extension [String] {
    /// Appends a remark that is not there yet.
    mutating func addOnce(_ remark: String?) {
      guard let remark, !contains(remark) else { return }
      append(remark)
    }
  }
#endif
