import Foundation
import LinearAlgebra
import Reports

/// Writes reports into a folder, and turns what goes wrong into the command's exit status.
///
/// Made before a run starts, so that a missing gnuplot is noticed before the work is done.
struct ReportFolder {
  private let path: String
  private let gnuplot: Gnuplot

  init(_ path: String) throws {
    self.path = path
    gnuplot = try Gnuplot.found()
  }

  /// Refuses a folder that cannot be made or written to: told before the work rather than after.
  static func requireWritable(_ path: String) throws {
    var place = URL(fileURLWithPath: path).standardizedFileURL
    var isFolder: ObjCBool = false
    while !FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) {
      place.deleteLastPathComponent()
    }
    guard isFolder.boolValue, FileManager.default.isWritableFile(atPath: place.path) else {
      throw CommandFailure(
        "\(path) cannot be written: \(place.path) is "
          + (isFolder.boolValue ? "read-only" : "not a folder"), .unwritable)
    }
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
    let data = Data(try ModelLoader.readBytes(file).bytes)
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
      case .output: .unwritable
      case .figure, .encoding: .internalError
      case .unreadableFile: .unreadable
      case .result: .badData
      }
    self.init(failure.message, status)
  }
}

extension Gnuplot {
  /// The program, or the failure of a command without it.
  static func found() throws -> Gnuplot {
    do throws(FigureFailure) { return try Gnuplot() } catch {
      throw CommandFailure(error.message, .internalError)
    }
  }
}
