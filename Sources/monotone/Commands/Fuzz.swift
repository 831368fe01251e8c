import ArgumentParser
import MonotoneFiles
import MonotoneLinearAlgebra
import MDPFalsification
import MDPCore
import MonotoneReports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `monotone fuzz`.
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check every property on random models and policy updates.",
    discussion: """
      Draws small random models of ten kinds, each with two policies, and checks every property: the \
      claims, with proofs; laws that relate the results of different models; the guarantees of the \
      improvement rules; the file formats. One model in 32 has numbers at the ends of the range of \
      numbers. The first counterexample to a property is shrunk until no simpler input fails, and kept as \
      files that 'monotone check' reads. The next run checks the kept files first.

      Properties that need an exact solve are decided on the first 1000 cases and then on one in 500; \
      with --property, on all. The seed determines the cases, whatever the number of threads.

      Example: monotone fuzz --cases 10000 --seed 7

      Exit status: 0 no property is violated; 2 a property is violated; 3 a case is undecided; 65 no case \
      was checked.
      """)

  @Option(help: "Check only this property; may be repeated. See --list.")
  var property: [String] = []

  @Option(help: "Number of cases, at most 10¹². (default: 10000, or as many as --time allows)")
  var cases: Int?

  @Option(help: "Random seed.")
  var seed: UInt64 = 1

  @Option(help: "Time limit in seconds, from 0.001 to 10⁹.")
  var time: Double?

  @Option(help: "Number of threads, at most 1024. (default: all processor cores)")
  var threads: Int?

  @Option(help: "Folder for counterexamples.")
  var counterexamples = "Regressions"

  @Option(help: "Write the observations of every case to this file, as JSON lines.")
  var observations: String?

  @Option(help: "Write the result to this file as JUnit XML.")
  var junit: String?

  @Option(help: "Write the result to this file as Markdown.")
  var summary: String?

  @Option(
    name: .customLong("output"),
    help: "Write fuzz.json, index.html, summary.md and junit.xml to this folder.")
  var reportFolder: String?

  @Flag(help: "List the properties and exit.")
  var list = false

  @OptionGroup var overwrites: OverwriteOption
  @OptionGroup var output: JSONOption

  func validate() throws {
    try OptionRange.require("--cases", cases, in: OptionRange.counts)
    try OptionRange.require("--time", time, in: OptionRange.seconds)
    try OptionRange.require("--threads", threads, in: OptionRange.threads)
    for id in property where PropertyCatalogue.property(id) == nil {
      throw ValidationError(
        "there is no property '\(id)'; see monotone fuzz --list"
          + NearestName.hint(id, among: PropertyCatalogue.all.map(\.id)))
    }
  }

  func run() throws {
    guard !list else { return try Console.output(FuzzText.list(PropertyCatalogue.all)) }
    let (junitFile, summaryFile) = try (
      output(junit, as: .fuzzJUnit, others: [summary, observations]),
      output(summary, as: .fuzzSummary, others: [observations])
    )
    _ = try output(observations, as: .observations)
    try OutputFolder.requireWritable(counterexamples)
    let folder = try reportFolder.map {
      try OutputFolder($0, for: .fuzz, inputs: [], overwrites: overwrites).path
    }
    Interruption.watch()
    let kept = KeptInputs.replay(from: counterexamples, configuration.properties)
    let clock = ContinuousClock()
    let start = clock.now
    let limit = time.map { start + .seconds($0) }
    let campaign = Campaign(configuration)
    let log = try observations.map { try ObservationLog($0) }
    let progress = FuzzProgress(total: campaign.configuration.cases, start: start)
    let observe: (@Sendable ([Observation]) -> Void)? = log.map { log in
      { @Sendable observed in log.write(observed) }
    }
    let result = campaign.run(
      isStopped: {
        Interruption.isRequested || (limit.map { clock.now >= $0 } ?? false)
          || (log?.hasFailed ?? false)
      },
      progress: { progress.show(cases: $0, violated: $1) }, observe: observe)
    Console.endProgress()
    try log?.requireWhole()
    let report = try CampaignReport(
      result, elapsed: clock.now - start, folder: counterexamples, kept: kept)
    try junitFile?.write(Array(FuzzJUnit.render(report).utf8))
    try summaryFile?.write(Array(report.sections.summary.utf8))
    if let folder {
      do throws(ReportFailure) { try report.write(to: folder) } catch {
        throw CommandFailure(error)
      }
    }
    try Console.output(
      output.json ? try ResultJSON.text(CampaignDocument(report)) : FuzzText.render(report))
    if Interruption.isRequested {
      throw CommandFailure("interrupted; the result is of the cases done", .interrupted)
    }
    if report.isEmpty { throw CommandFailure("no case was checked within --time", .badData) }
    try ExitStatus(report).leave()
  }

  private func output(
    _ path: String?, as kind: OutputKind, others: [String?] = []
  ) throws -> OutputFile? {
    try path.map {
      try OutputFile($0, as: kind, inputs: [], others: others, overwrites: overwrites)
    }
  }

  private var configuration: CampaignConfiguration {
    var configuration = CampaignConfiguration()
    if !property.isEmpty {
      configuration.properties = property.compactMap { PropertyCatalogue.property($0) }
      configuration.thoroughCases = .max
    }
    configuration.seed = seed
    configuration.cases = cases ?? (time == nil ? 10_000 : nil)
    configuration.threads = KernelMemory.threads(
      upTo: threads ?? ProcessorCores.count)
    return configuration
  }
}

extension ExitStatus {
  /// The status of a campaign.
  fileprivate init(_ report: CampaignReport) {
    self =
      report.result.isViolated || !report.stillViolated.isEmpty
      ? .violated
      : report.isEmpty ? .badData : report.result.isUndecided ? .undecided : .success
  }
}
