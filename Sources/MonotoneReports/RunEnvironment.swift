internal import MonotoneArithmetic

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// The machine, the versions and the time of a run.
///
/// `environment.json` is the only result file that holds these: every other one has the same bytes
/// for the same inputs on the same machine.
public struct RunEnvironment: Sendable, Equatable, Codable {
  /// Monotone's version.
  public var toolVersion: String
  /// The Swift version that compiled it.
  public var swiftVersion: String
  /// The operating system.
  public var operatingSystem: String
  /// The processor's model and architecture.
  public var processor: String
  /// The processor cores in use.
  public var processorCount: Int
  /// The LAPACK and BLAS behind the linear solves.
  public var linearAlgebra: String
  /// When the run ended, in UTC (ISO 8601).
  public var date: String

  /// The environment of this process.
  ///
  /// - Parameters:
  ///   - linearAlgebra: What the LAPACK library says of itself.
  public init(
    toolVersion: String, linearAlgebra: String,
    swiftVersion: String = RunEnvironment.compiledSwiftVersion, date: Date = Date()
  ) {
    self.toolVersion = toolVersion
    self.swiftVersion = swiftVersion
    operatingSystem = Self.systemName
    processor = Self.processorName
    processorCount = ProcessInfo.processInfo.activeProcessorCount
    self.linearAlgebra = linearAlgebra
    self.date = date.ISO8601Format()
  }

  /// The environment of a document's bytes: the `environment.json` of an earlier run.
  ///
  /// - Throws: ``InvalidResult``.
  public init(_ data: Data) throws(InvalidResult) {
    self = try ResultJSON.decode(RunEnvironment.self, data)
  }

  /// The facts that stay the same from run to run on one machine, to show in reports.
  var stableFacts: [ReportBlock.Fact] {
    [
      .init("Monotone", toolVersion), .init("Swift", swiftVersion),
      .init("Linear algebra", linearAlgebra),
      .init("System", operatingSystem),
      .init(
        "Processor", "\(processor), \(NumberFormat.count(processorCount, "core"))"),
    ]
  }
}
