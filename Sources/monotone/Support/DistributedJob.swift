#if Distributed
  import ArgumentParser
  import DistributedSolvers
  import MDPFormats
  import MonotoneFiles
  import MonotoneReports

  #if canImport(Glibc)
    import Glibc
  #else
    import Darwin
  #endif

  /// A command that runs in all processes of an MPI job, and speaks in the first.
  enum DistributedJob {
    /// Runs the command, and ends PETSc in all processes before the exit status is known.
    ///
    /// - Parameter work: The command; its document is printed and written.
    static func run(
      _ model: String, _ reading: MDPReaderConfiguration, petsc: String?, output: String?,
      json: Bool, overwrites: OverwriteOption,
      _ work: (inout DistributedRun, DistributedOutput?) throws -> DistributedDocument
    ) throws -> DistributedDocument {
      defer { PETSc.finish() }
      do {
        let communicator = try PETSc.start(options: petsc ?? "")
        let folder = output.map { DistributedOutput(folder: $0) }
        try communicator.together { () throws(RunFailure) in
          guard communicator.isFirst, let output else { return }
          try requireWritable(output, model, overwrites)
        }
        var run = try DistributedRun(model, reading, communicator)
        let document = try work(&run, folder)
        let text = try ResultJSON.encode(document)
        try folder?.write(Array(text), communicator)
        if communicator.isFirst {
          for remark in document.remarks ?? [] { Console.note("note: \(remark)") }
          for option in PETSc.unusedOptions() {
            Console.note("PETSc did not look at the option \(option); is it spelt right?")
          }
          try Console.output(json ? Array(text) : Array(document.text.utf8))
        }
        return document
      } catch let failure as OtherProcessFailed {
        throw ExitCode(ExitStatus(failure.cause).rawValue)
      }
    }

    /// Lets one process tell of a fault that all of them found before they knew of each other, such as a wrong
    /// option; the others end with its status, and in silence.
    static func failTogether() {
      guard CommandLine.arguments.contains("--distributed") else { return }
      if !PETSc.startFailing() { Console.silence() }
      atexit { PETSc.finish() }
    }

    private static func requireWritable(
      _ folder: String, _ model: String, _ overwrites: OverwriteOption
    ) throws(RunFailure) {
      do {
        _ = try OutputFolder(folder, for: .distributed, inputs: [model], overwrites: overwrites)
      } catch let failure as CommandFailure {
        throw RunFailure(failure.message, failure.status == .usage ? .usage : .unwritable)
      } catch {
        throw RunFailure("\(folder): cannot be written", .unwritable)
      }
    }
  }
#endif
