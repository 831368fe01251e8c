internal import Arithmetic
public import Foundation

/// The machine, the versions and the time of a run.
///
/// `environment.json` is the only result file that holds these: every other one has the same bytes
/// for the same inputs on the same machine.
public struct Environment: Sendable, Equatable, Codable {
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
  /// gnuplot's version; nil where figures were not drawn.
  public var gnuplotVersion: String?
  /// When the run ended, in UTC (ISO 8601).
  public var date: String

  /// The environment of this process.
  ///
  /// - Parameters:
  ///   - linearAlgebra: What the LAPACK library says of itself.
  ///   - gnuplot: The gnuplot that draws the figures, if any.
  public init(
    toolVersion: String, linearAlgebra: String, gnuplot: Gnuplot?,
    swiftVersion: String = Environment.compiledSwiftVersion, date: Date = Date()
  ) {
    self.toolVersion = toolVersion
    self.swiftVersion = swiftVersion
    operatingSystem = Self.systemName
    processor = Self.processorName
    processorCount = ProcessInfo.processInfo.activeProcessorCount
    self.linearAlgebra = linearAlgebra
    gnuplotVersion = gnuplot?.version
    self.date = ISO8601DateFormatter().string(from: date)
  }

  /// The environment of a document's bytes: the `environment.json` of an earlier run.
  ///
  /// - Throws: ``InvalidResult``.
  public init(_ data: Data) throws(InvalidResult) {
    self = try ResultJSON.decode(Environment.self, data)
  }

  /// The facts that stay the same from run to run on one machine, to show in reports.
  var stableFacts: [Fact] {
    [
      Fact(name: "Monotone", value: toolVersion), Fact(name: "Swift", value: swiftVersion),
      Fact(name: "Linear algebra", value: linearAlgebra),
      Fact(name: "gnuplot", value: gnuplotVersion ?? "not used"),
      Fact(name: "System", value: operatingSystem),
      Fact(
        name: "Processor",
        value: "\(processor), \(NumberFormat.count(processorCount, "core"))"),
    ]
  }

  /// A named fact.
  struct Fact {
    var name: String
    var value: String
  }
}

extension Environment {
  private enum Key: String, CodingKey {
    case toolVersion, swiftVersion, operatingSystem, processor, processorCount, linearAlgebra
    case gnuplotVersion, date
  }

  /// Writes null where gnuplot was not used.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(toolVersion, forKey: .toolVersion)
    try container.encode(swiftVersion, forKey: .swiftVersion)
    try container.encode(operatingSystem, forKey: .operatingSystem)
    try container.encode(processor, forKey: .processor)
    try container.encode(processorCount, forKey: .processorCount)
    try container.encode(linearAlgebra, forKey: .linearAlgebra)
    try container.encode(gnuplotVersion, forKey: .gnuplotVersion)
    try container.encode(date, forKey: .date)
  }
}
