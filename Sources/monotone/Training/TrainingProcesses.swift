import Foundation
import NeuralTRPO

/// Trainers in the precision that a configuration asks for.
enum TrainingProcesses {
  static func make(
    _ configuration: TrainingConfiguration, _ world: TrainingWorld
  ) throws -> any TrainingProcess {
    let environments = try world.environments(configuration)
    return switch configuration.precision {
    case .float: Trainer<Float>(configuration, environments)
    case .double: Trainer<Double>(configuration, environments)
    }
  }
}

extension TrainingProcesses {
  /// Whether a folder holds a run, or checkpoints of one.
  static func isRun(_ folder: URL) -> Bool {
    let places = [folder, folder.appendingPathComponent("checkpoints")]
    return places.contains { place in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
      return names.contains { $0.hasSuffix(".safetensors") }
    }
  }

  /// The checkpoint of a JSON file, or the latest of a run's folder or of its checkpoints' folder.
  static func checkpoint(_ place: URL) throws -> Checkpoint {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) else {
      throw CommandFailure("\(place.relativePath): no such file or folder", .unreadable)
    }
    do throws(InvalidCheckpoint) {
      guard isFolder.boolValue else { return try Checkpoint(place) }
      let inner = place.appendingPathComponent("checkpoints")
      let hasInner = FileManager.default.fileExists(atPath: inner.path)
      return try Checkpoint.latest(in: hasInner ? inner : place)
    } catch {
      throw CommandFailure(error.description, .badData)
    }
  }
}

extension CommandFailure {
  init(_ failure: TrainingRunFailure) {
    switch failure {
    case .training(let failure):
      self.init("\(failure); the last checkpoint is good", .internalError)
    case .output(let message): self.init(message, .unwritable)
    case .checkpoint(let failure): self.init(failure.description, .badData)
    }
  }
}
