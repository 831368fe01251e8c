#if Distributed
  internal import CPETSc
  internal import MonotoneFiles

  /// The life of PETSc and MPI in this process.
  package enum PETSc {
    /// The code of a call that succeeded.
    static let success: PetscErrorCode = 0

    /// Starts MPI and PETSc.
    ///
    /// - Parameter options: PETSc's own options, such as `-ksp_type gmres -pc_type hypre`, which go over
    ///   those of the environment variable `PETSC_OPTIONS`.
    /// - Returns: The processes of the job.
    package static func start(options: String) throws -> Communicator {
      guard PetscInitializeNoArguments() == PETSc.success else {
        throw RunFailure(
          "PETSc does not start; is MPI installed and mpirun its own?", .internalError)
      }
      require(monotone_return_errors(), "PetscPushErrorHandler")
      let communicator = Communicator()
      try communicator.together { () throws(RunFailure) in
        guard PetscOptionsInsertString(nil, options) == PETSc.success else {
          throw RunFailure(
            "--petsc \"\(options)\": PETSc does not understand it; expected options such as -ksp_type gmres",
            .usage)
        }
      }
      return communicator
    }

    /// Ends PETSc and MPI, when all processes have come here.
    package static func finish() { PetscFinalize() }

    /// Options that PETSc was given and did not look at: most likely misspelt.
    package static func unusedOptions() -> [String] {
      var count: PetscInt = 0
      var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
      var values: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
      guard PetscOptionsLeftGet(nil, &count, &names, &values) == PETSc.success else {
        return []
      }
      defer { PetscOptionsLeftRestore(nil, &count, &names, &values) }
      return (0..<Int(count)).compactMap { names?[$0].map { "-" + String(cString: $0) } }
    }

    /// Whether the user gave an option.
    static func hasOption(_ name: String) -> Bool {
      var isSet = PETSC_FALSE
      require(PetscOptionsHasName(nil, nil, name, &isSet), "PetscOptionsHasName")
      return isSet == PETSC_TRUE
    }

    /// Ends all processes where a call of PETSc or MPI failed, which one process alone cannot mend.
    static func require(_ code: PetscErrorCode, _ call: StaticString) {
      guard code != PETSc.success else { return }
      var text: UnsafePointer<CChar>?
      PetscErrorMessage(code, &text, nil)
      abort("\(call) failed: \(text.map { String(cString: $0) } ?? "code \(code)")")
    }

    /// Ends all processes of the job, with a message.
    package static func abort(_ message: String, status: Int32 = 70) -> Never {
      try? SystemWrite.all(
        Array("monotone: \(message)\n".utf8), to: 2, named: "standard error")
      monotone_abort(status)
      fatalError("MPI_Abort returned")
    }
  }

#endif
