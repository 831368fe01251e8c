import MonotoneLinearAlgebra
import MDPFormats
import MDPVerification
import MonotoneReports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes reports into a folder, and turns what goes wrong into the command's exit status.
///
/// Made before a run starts, so that a folder that cannot be written to is noticed before the work is done.
struct ReportFolder {
  private let path: String

  /// - Parameter inputs: Arguments that name what is read.
  init(
    _ path: String, for kind: OutputFolder.Kind = .verification, inputs: [String],
    overwrites: OverwriteOption
  ) throws {
    self.path = try OutputFolder(path, for: kind, inputs: inputs, overwrites: overwrites).path
  }

  /// Writes the report of a run that has just ended.
  func write(_ verification: Verification) throws {
    let environment = RunEnvironment(
      toolVersion: ToolVersion.current, linearAlgebra: DenseKernels.provider)
    try Self.attempt { () throws(ReportFailure) in
      try ReportWriter().write(verification, environment: environment, to: path)
    }
  }

  /// Writes the report of an earlier run's `verification.json`, or of one on standard input.
  func rewrite(_ file: String) throws {
    let writer = ReportWriter()
    guard file == "-" else {
      try Self.attempt { () throws(ReportFailure) in try writer.rewrite(file, to: path) }
      return
    }
    let data = Data(try InputFile.bytes(file).bytes)
    try Self.attempt { () throws(ReportFailure) in
      let verification: Verification
      do throws(InvalidResult) { verification = try ResultJSON.verification(from: data) } catch {
        throw .result(error)
      }
      return try writer.write(verification, environment: nil, to: path)
    }
  }

  /// Writes the report of the paper's experiments from the results in a folder.
  func writePaper(from folder: String) throws {
    try Self.attempt { () throws(ReportFailure) in
      try PaperReport(PaperData(folder: folder)).write(to: path)
    }
  }

  private static func attempt(_ work: () throws(ReportFailure) -> [String]) throws {
    do throws(ReportFailure) { _ = try work() } catch {
      throw CommandFailure(error)
    }
  }
}

extension CommandFailure {
  init(_ failure: ReportFailure) {
    let status: ExitStatus =
      switch failure {
      case .output: .unwritable
      case .encoding: .internalError
      case .unreadableFile: .unreadable
      case .result: .badData
      }
    if case .output(let failure) = failure {
      self.init(failure)
    } else {
      self.init(failure.message, status)
    }
  }
}
