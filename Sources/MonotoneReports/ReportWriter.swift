public import MonotoneFiles
public import MDPVerification

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Writes every file of a verification's report.
///
/// `verification.json` (the truth), `junit.xml`, `summary.md`, `index.html` with `results.js`, `figures/*.svg`
/// and, where the environment is known, `environment.json`. All are made and on the disk under temporary names
/// before the first appears under its own.
public struct ReportWriter: Sendable {
  /// A writer.
  public init() {}

  /// Writes the report of a verification.
  ///
  /// - Parameters:
  ///   - environment: The run's environment; nil where only its results are at hand.
  ///   - directory: The folder, made if it does not exist.
  /// - Returns: The files, in the order in which a reader wants them.
  /// - Throws: ``ReportFailure``; then no file of the report was written.
  @discardableResult public func write(
    _ verification: Verification, environment: RunEnvironment? = nil, to directory: String
  ) throws(ReportFailure) -> [String] {
    var more = [ReportFile(name: "junit.xml", data: JUnitXML.render(verification))]
    if let environment {
      more.append(
        ReportFile(
          name: "environment.json",
          data: try ReportFailure.encoding { () throws(UnencodableResult) in
            try ResultJSON.encode(environment)
          }))
    }
    return try VerificationReport(verification, environment: environment).report
      .write(verification, named: "verification.json", more, to: directory)
  }

  /// Writes the report of a `verification.json`, with the `environment.json` beside it if that
  /// is there.
  ///
  /// - Throws: ``ReportFailure``.
  @discardableResult public func rewrite(
    _ file: String, to directory: String
  ) throws(ReportFailure) -> [String] {
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: file)) } catch {
      throw .unreadableFile(path: file, reason: Self.reason(error))
    }
    let beside = URL(fileURLWithPath: file).deletingLastPathComponent()
      .appendingPathComponent("environment.json")
    let verification: Verification
    var environment: RunEnvironment?
    do throws(InvalidResult) {
      verification = try ResultJSON.verification(from: data)
      if let data = try? Data(contentsOf: beside) { environment = try RunEnvironment(data) }
    } catch {
      throw .result(error)
    }
    return try write(verification, environment: environment, to: directory)
  }

  private static func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile, .fileNoSuchFile: "no such file; check the path"
    case .fileReadNoPermission: "permission denied; make the file readable"
    default: "cannot be read; check that it is a file"
    }
  }
}

/// Why a report was not written.
public enum ReportFailure: Error, Sendable, Equatable {
  /// A file or folder cannot be written: exit status 73.
  case output(UnwritableOutput)
  /// A result has no form in JSON: exit status 70.
  case encoding(UnencodableResult)
  /// The result file cannot be read: exit status 66.
  case unreadableFile(path: String, reason: String)
  /// The result file is not what it should be: exit status 65.
  case result(InvalidResult)

  /// The fault, and the action that mends it.
  public var message: String {
    switch self {
    case .output(let failure): failure.message
    case .encoding(let failure): failure.message
    case .unreadableFile(let path, let reason): "\(path) cannot be read: \(reason)"
    case .result(let failure): failure.message
    }
  }
}
