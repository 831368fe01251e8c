import Foundation
import NeuralTRPO
import TestSupport
import Testing

@testable import Simulators

/// Robots in the installation that `make test` makes.
enum Robots {
  /// The library and the models, found without Python.
  static func installation() throws -> MuJoCoInstallation {
    let folder = try #require(Python.packages)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/mujoco")
    let library = try #require(names.first { $0.hasPrefix("libmujoco.") })
    return MuJoCoInstallation(
      library: try MuJoCoLibrary("\(folder)/mujoco/\(library)"),
      models: "\(folder)/gymnasium/envs/mujoco/assets")
  }

  static func environment(_ name: String) throws -> RobotEnvironment {
    try RobotEnvironment(try #require(RobotCatalogue.robot(name)), try installation())
  }
}
