import MonotoneFiles
import TestSupport
import Testing

@testable import NeuralTRPO
@testable import TrainingRuns

@Suite("Settings of methods", .tags(.slow))
struct MethodSettingsTests {
  @Test(
    "Contradictions are refused with the options to change",
    arguments: [
      (["method": "cem", "constraint": "max-kl"], "--constraint max-kl bounds a trust region"),
      (["method": "natural-gradient", "constraint": "max-kl"], "natural-gradient has none"),
      (["constraint": "max-kl", "fisher": "empirical"], "use --fisher analytic"),
      (["method": "rwr", "fisher": "empirical"], "not rwr"),
      (["method": "cem", "estimator": "vine"], "--estimator singlePath"),
      (["method": "rwr", "estimator": "vine"], "--estimator singlePath"),
    ])
  func contradictions(values: [String: String], mention: String) throws {
    let world = try TrainingWorld("CartPole-v1")
    let settings = try TrainingSettings(values, world: world)
    #expect(Comment(rawValue: mention)) {
      _ = try TrainingProcesses.make(settings.configuration, world)
    } throws: {
      guard let failure = $0 as? RunFailure else { return false }
      return failure.message.contains(mention) && failure.cause == .usage
    }
  }

  @Test("What goes together is accepted")
  func accepted() throws {
    let world = try TrainingWorld("CartPole-v1")
    for values in [
      ["method": "natural-gradient", "fisher": "empirical", "estimator": "vine"],
      ["constraint": "max-kl", "estimator": "vine"], ["method": "cem"], ["method": "rwr"],
    ] {
      let settings = try TrainingSettings(values, world: world)
      _ = try TrainingProcesses.make(settings.configuration, world)
    }
  }

  @Test("A method's own columns follow the usual ones, and have their numbers")
  func columns() throws {
    let usual = TrainingColumn.columns(of: TrainingConfiguration()).map(\.name)
    let own: [((inout TrainingConfiguration) -> Void, [String])] = [
      ({ $0.constraint = .maxKL }, ["maximumKL", "dualityGap"]),
      ({ $0.method = .crossEntropy }, ["eliteReturn", "bestReturn", "parameterDeviation"]),
      ({ $0.method = .naturalGradient }, []), ({ $0.method = .rewardWeightedRegression }, []),
    ]
    for (change, names) in own {
      let configuration = Corridor.configuration(change)
      let columns = TrainingColumn.columns(of: configuration)
      #expect(columns.map(\.name) == usual + names)
      #expect(Set(columns.map(\.tag)).count == columns.count)
      let record = try Corridor().trainer(configuration).advance()
      for column in columns.suffix(names.count) {
        #expect(column.value(record)?.isFinite == true, "\(column.name)")
      }
      guard let update = record.update, names.contains("maximumKL") else { continue }
      #expect(update.maximumDivergence <= configuration.budget)
      #expect(update.meanDivergence < update.maximumDivergence)
    }
  }
}
