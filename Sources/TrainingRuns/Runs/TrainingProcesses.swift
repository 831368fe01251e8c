package import MonotoneFiles
internal import MonotoneLinearAlgebra
package import NeuralTRPO

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Trainers in the precision that a configuration asks for.
package enum TrainingProcesses {
  /// A trainer of a configuration in a world.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure``, where there is no room for it, too.
  package static func make(
    _ configuration: TrainingConfiguration, _ world: TrainingWorld
  ) throws(RunFailure) -> any TrainingProcess {
    try configuration.requireConsistency()
    try requireRoom(configuration, world)
    let environments = try world.environments(configuration)
    return switch configuration.precision {
    case .float: Trainer<Float>(configuration, environments)
    case .double: Trainer<Double>(configuration, environments)
    }
  }
}

extension TrainingProcesses {
  /// Refuses convolutions that observations do not pass through, and settings that would take more memory
  /// than there is.
  package static func requireRoom(
    _ configuration: TrainingConfiguration, _ world: TrainingWorld
  ) throws(RunFailure) {
    guard let memory = try world.memory(configuration) else { return }
    do throws(InsufficientMemory) {
      try memory.require()
    } catch {
      throw RunFailure(
        "\(error.message): smaller --hidden, --critic-hidden, --batch, --environments, --population or "
          + "--vine-…",
        .usage)
    }
  }

  /// Whether a folder holds a run, or checkpoints of one.
  package static func isRun(_ folder: URL) -> Bool {
    let places = [folder, folder.appendingPathComponent("checkpoints")]
    return places.contains { place in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
      return names.contains { $0.hasSuffix(".safetensors") }
    }
  }

  /// The checkpoint of a JSON file, or the latest of a run's folder or of its checkpoints' folder; says
  /// so where a later one is damaged.
  package static func checkpoint(
    _ place: URL, monitor: RunMonitor = .init()
  ) throws(RunFailure) -> Checkpoint {
    guard FileSystem.exists(place.path) else {
      throw RunFailure("\(place.relativePath): no such file or folder", .unreadable)
    }
    let latest: Checkpoint.Latest
    do throws(InvalidCheckpoint) {
      guard FileSystem.isFolder(place.path) else { return try Checkpoint(place) }
      let inner = place.appendingPathComponent("checkpoints")
      let hasInner = FileManager.default.fileExists(atPath: inner.path)
      latest = try Checkpoint.latest(in: hasInner ? inner : place)
    } catch {
      throw RunFailure(error.description, .badData)
    }
    for damage in latest.damaged { monitor.warning("warning: a damaged checkpoint: \(damage)") }
    if !latest.damaged.isEmpty {
      monitor.warning(
        "warning: \(latest.file.relativePath) is used instead, an older one: after "
          + "\(latest.checkpoint.snapshot.state.steps) steps")
    }
    return latest.checkpoint
  }
}

extension RunFailure {
  /// The failure of a training run, for users.
  package init(_ failure: TrainingRunFailure) {
    switch failure {
    case .training(let failure):
      self.init(
        (["\(failure); the last checkpoint is good"] + failure.lines).joined(separator: "\n  "),
        .internalError)
    case .output(let failure): self.init(failure)
    case .folder(let failure): self.init(failure, folder: nil)
    case .checkpoint(let failure): self.init(failure.description, .badData)
    }
  }
}

extension RunFailure {
  /// A folder that cannot be trained in.
  package init(_ failure: RunFolder.Failure, folder: URL?) {
    let name = folder?.relativePath ?? "the folder"
    switch failure {
    case .output(let failure): self.init(failure)
    case .taken:
      self.init(
        "\(name): another process trains in it; wait, or name another --output", .unwritable)
    case .occupied:
      self.init(
        "\(name): holds a training run, which is kept; continue it with --resume, throw it away with "
          + "--overwrite, or name another --output", .unwritable)
    }
  }
}
