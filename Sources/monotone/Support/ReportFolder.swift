import Foundation
import LinearAlgebra
import MDPFormats
import MDPVerification
import Reports

/// Writes reports into a folder, and turns what goes wrong into the command's exit status.
///
/// Made before a run starts, so that a missing gnuplot is noticed before the work is done.
struct ReportFolder {
  private let path: String
  private let gnuplot: Gnuplot

  /// - Parameter inputs: Arguments that name what is read.
  init(_ path: String, inputs: [String], overwrites: OverwriteOption) throws {
    self.path = try OutputFolder(
      path, for: .verification, inputs: inputs, overwrites: overwrites
    ).path
    gnuplot = try Gnuplot.found()
  }

  /// Writes the report of a run that has just ended.
  func write(_ verification: Verification) throws {
    let environment = Reports.Environment(
      toolVersion: ToolVersion.current, linearAlgebra: DenseKernels.provider, gnuplot: gnuplot)
    try Self.attempt { () throws(ReportFailure) in
      try ReportWriter(gnuplot: gnuplot).write(verification, environment: environment, to: path)
    }
  }

  /// Writes the report of an earlier run's `verification.json`, or of one on standard input.
  func rewrite(_ file: String) throws {
    let writer = ReportWriter(gnuplot: gnuplot)
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
      case .output, .figure(.output): .unwritable
      case .figure, .encoding: .internalError
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

extension CommandFailure {
  init(_ failure: FigureFailure) {
    if case .output(let failure) = failure {
      self.init(failure)
    } else {
      self.init(failure.message, .internalError)
    }
  }
}

extension Gnuplot {
  /// The program, or the failure of a command without it.
  static func found() throws -> Gnuplot {
    do throws(FigureFailure) { return try Gnuplot() } catch { throw CommandFailure(error) }
  }
}
