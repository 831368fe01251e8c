import ArgumentParser
import Foundation
import Reports

/// `monotone report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the report of an earlier verification again.",
    discussion: """
      Every page and figure is made from verification.json alone.

      Example: monotone report reports/latest/verification.json --output reports/again
      """)

  @Argument(help: "A verification.json.")
  var verification: String

  @Option(help: "The folder to write the report to.")
  var output: String

  func run() throws {
    let bytes = try ModelLoader.readBytes(verification)
    let document: Verification
    do {
      document = try ResultJSON.verification(from: Data(bytes.bytes))
    } catch let failure as InvalidResult {
      throw CommandFailure("\(verification): \(failure.message)", .badData)
    }
    try ReportFolder.write(document, to: output)
  }
}
