#if Distributed
  internal import CMPI
  internal import CPETSc
  internal import MonotoneFiles

  /// The life of PETSc and MPI in this process.
  package enum PETSc {
    /// The code of a call that succeeded.
    static let success: PetscErrorCode = 0

    /// Starts MPI and PETSc, and sets PETSc's options.
    ///
    /// - Parameter options: PETSc's own options, such as `-ksp_type gmres -pc_type hypre`, which go over
    ///   those of the environment variable `PETSC_OPTIONS`.
    /// - Returns: The processes of the job.
    package static func start(options: String) throws -> Communicator {
      let communicator = try join()
      try communicator.together { () throws(RunFailure) in
        guard PetscOptionsInsertString(nil, options) == PETSc.success else {
          throw RunFailure(
            "--petsc \"\(options)\": PETSc does not understand it; expected options such as -ksp_type gmres",
            .usage)
        }
      }
      // Looked at here, since a run that needs no package never asks for it.
      _ = hasOption("-monotone_avoid")
      return communicator
    }

    /// Joins the job only to fail with it, for a reason that was found before, and maybe by all processes.
    ///
    /// - Returns: Whether this process is the one to tell the reason. ``finish()`` waits until it has.
    package static func startFailing() -> Bool {
      guard !wasStarted, let communicator = try? join() else { return true }
      do {
        try communicator.together { () throws(RunFailure) in throw RunFailure("", .usage) }
      } catch {
        return !(error is OtherProcessFailed)
      }
      return true
    }

    /// Whether this process has been part of a job.
    private static var wasStarted: Bool {
      var isStarted: Int32 = 0
      return MPI_Initialized(&isStarted) == 0 && isStarted != 0
    }

    private static func join() throws(RunFailure) -> Communicator {
      // A process that a signal ends leaves as it does without PETSc: its handlers would print pages, take
      // the temporary files' removal away, and end with a status of their own.
      guard PetscOptionsSetValue(nil, "-no_signal_handler", nil) == PETSc.success,
        PetscInitializeNoArguments() == PETSc.success
      else {
        throw RunFailure(
          "PETSc does not start; is MPI installed and mpirun its own?", .internalError)
      }
      require(monotone_return_errors(), "PetscPushErrorHandler")
      return Communicator()
    }

    /// Ends PETSc and MPI, when all processes have come here.
    package static func finish() {
      var isRunning = PETSC_FALSE
      if PetscInitialized(&isRunning) == success, isRunning == PETSC_TRUE { PetscFinalize() }
    }

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

    /// Whether PETSc was built with a package, such as HYPRE, and `-monotone_avoid` does not name it.
    static func has(_ package: String) -> Bool {
      var isPresent = PETSC_FALSE
      require(PetscHasExternalPackage(package, &isPresent), "PetscHasExternalPackage")
      guard isPresent == PETSC_TRUE else { return false }
      var avoided = [CChar](repeating: 0, count: 256)
      var isSet = PETSC_FALSE
      require(
        PetscOptionsGetString(nil, nil, "-monotone_avoid", &avoided, avoided.count, &isSet),
        "PetscOptionsGetString")
      guard isSet == PETSC_TRUE else { return true }
      let names = String(
        decoding: avoided.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      return !names.lowercased().split(separator: ",").contains { $0 == package }
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
