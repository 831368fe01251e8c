import MDPFormats
import MonotoneFiles
import TestSupport
import Testing
import TrainingRuns

@testable import TRPOComparison

@Suite("Methods whose updates have exact counterparts", .tags(.slow))
struct ComparableMethodsTests {
  @Test(
    "Others are refused with the option that chose them",
    arguments: [
      ["method": "natural-gradient"], ["method": "rwr"], ["method": "cem"],
      ["constraint": "max-kl"], ["fisher": "empirical"],
    ])
  func refused(values: [String: String]) throws {
    let world = TrainingWorld(try TestWorld.tiny().document)
    let settings = try TrainingSettings(preset: .tabular, values, world: world)
    let option = try #require(values.first.map { "--\($0.key) \($0.value)" })
    #expect(Comment(rawValue: option)) {
      _ = try ComparisonRun(world, settings, updates: 1)
    } throws: {
      guard let failure = $0 as? RunFailure else { return false }
      return failure.message.hasPrefix(option) && failure.cause == .usage
    }
  }
}
