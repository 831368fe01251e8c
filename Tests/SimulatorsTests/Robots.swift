import Foundation
import NeuralTRPO
import Testing

@testable import Simulators

/// Robots in the installation that `make test` makes.
enum Robots {
  static let packages = ProcessInfo.processInfo.environment["MONOTONE_PYTHON_PATH"]

  static let isInstalled =
    packages.map { folder in
      ["mujoco", "gymnasium"].allSatisfy {
        FileManager.default.fileExists(atPath: "\(folder)/\($0)/__init__.py")
      }
    } ?? false

  static let reason: Comment = """
    needs the packages of Tools/requirements-mujoco.txt in MONOTONE_PYTHON_PATH, where make test puts them
    """

  /// The library and the models, found without Python.
  static func installation() throws -> MuJoCoInstallation {
    let folder = try #require(packages)
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
