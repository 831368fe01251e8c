import Foundation
import LinearAlgebra
import Reports

/// Writes reports, and turns what goes wrong into the command's exit status.
enum ReportFolder {
  /// Writes the report of a run that has just ended.
  static func write(_ verification: Verification, to folder: String) throws {
    let gnuplot = try gnuplot()
    let environment = Reports.Environment(
      toolVersion: ToolVersion.current, linearAlgebra: DenseKernels.provider, gnuplot: gnuplot)
    try attempt { () throws(ReportFailure) in
      try ReportWriter(gnuplot: gnuplot).write(
        verification, environment: environment, to: folder)
    }
  }

  /// Writes the report of an earlier run's `verification.json`, or of one on standard input.
  static func rewrite(_ file: String, to folder: String) throws {
    let writer = ReportWriter(gnuplot: try gnuplot())
    guard file == "-" else {
      try attempt { () throws(ReportFailure) in try writer.rewrite(file, to: folder) }
      return
    }
    let data = FileHandle.standardInput.readDataToEndOfFile()
    try attempt { () throws(ReportFailure) in
      let verification: Verification
      do throws(InvalidResult) { verification = try ResultJSON.verification(from: data) } catch {
        throw .result(error)
      }
      return try writer.write(verification, environment: nil, to: folder)
    }
  }

  private static func gnuplot() throws -> Gnuplot {
    do throws(FigureFailure) { return try Gnuplot() } catch {
      throw CommandFailure(error.message, .internalError)
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
      case .figure, .encoding: .internalError
      case .unreadableFile: .unreadable
      case .result: .badData
      }
    self.init(failure.message, status)
  }
}
