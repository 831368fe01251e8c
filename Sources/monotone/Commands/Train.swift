import ArgumentParser
import Foundation
import MDPFormats
import NeuralTRPO
import Reports

/// `monotone train`.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a neural policy by trust region policy optimization on samples.")

  @Argument(help: "An MDP file, CartPole-v1 or Pendulum-v1.")
  var environment: String

  @Option(help: "A configuration with a name, under whatever else is given.")
  var preset: TrainingPreset?

  @Option(help: "A JSON file of hyper-parameters, over the preset and under the options.")
  var config: String?

  @OptionGroup(title: "Hyper-parameters") var options: TrainingOptions

  func run() throws {
    let world = try TrainingWorld(environment)
    let configuration = try TrainingSettings.configuration(
      preset: preset, file: config, options: options)
    let trainer = Trainer<Float>(configuration, try world.environments(configuration))
    while !trainer.isFinished {
      let record = try trainer.advance()
      print(
        record.steps, record.meanReturn ?? .nan, record.update.outcome,
        record.update.meanDivergence, record.critic?.explainedVarianceBefore ?? 0,
        record.deviation ?? 0
      )
    }
  }
}
