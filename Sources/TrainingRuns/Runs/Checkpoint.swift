package import MonotoneFiles
package import NeuralTRPO
internal import Simulators

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// A run written down: a JSON file, and beside it a safetensors file with the numbers of its networks.
///
/// The tensors are written first and the JSON file, which names them with their length and checksum,
/// last, each to a temporary name that is renamed once it is on the disk. A checkpoint whose JSON file
/// is there is therefore whole. The JSON file has a checksum of itself, too, so that no number of a
/// damaged one is believed.
package struct Checkpoint: Sendable {
  /// The format.
  package static let schema = TrainerSnapshot.format

  /// The name of the environment.
  package var environment: String
  /// The simulator, and how the environment is made.
  package var record: EnvironmentRecord
  /// Every choice.
  package var configuration: TrainingConfiguration
  /// Bytes of progress.csv when the checkpoint was taken.
  package var progressBytes: Int
  /// Bytes of the event file when the checkpoint was taken.
  package var eventBytes: Int
  /// The run.
  package var snapshot: TrainerSnapshot

  /// The file of an iteration, without its ending.
  package static func name(iteration: Int) -> String {
    String(repeating: "0", count: max(0, 6 - "\(iteration)".count)) + "\(iteration)"
  }

  /// Writes it into a folder that exists.
  ///
  /// - Throws: ``UnwritableOutput``.
  package func write(into folder: URL) throws(UnwritableOutput) {
    let name = Self.name(iteration: snapshot.state.iteration)
    let data = snapshot.tensors.encoded()
    let path = folder.appendingPathComponent(name).path
    var document = Document(
      schema: Self.schema, environment: environment, simulator: record.simulator,
      gymnasium: record.gymnasium, configuration: .init(configuration),
      tensors: .init(
        file: "\(name).safetensors", bytes: data.count, checksum: CRC32C.checksum(Array(data))),
      progressBytes: progressBytes, eventBytes: eventBytes, state: snapshot.state)
    let json: Data
    do {
      document.checksum = try document.ownChecksum
      json = try document.encoded()
    } catch {
      // Its configuration and state hold finite numbers only.
      throw UnwritableOutput(path: "\(path).json", reason: "a number is not finite")
    }
    try AtomicFile.write(Array(data), to: "\(path).safetensors")
    try AtomicFile.write(Array(json) + [UInt8(ascii: "\n")], to: "\(path).json")
  }

  /// Reads the checkpoint of a JSON file.
  ///
  /// - Throws: ``InvalidCheckpoint``, whatever the bytes.
  package init(_ file: URL) throws(InvalidCheckpoint) {
    let path = file.path
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: try Data(contentsOf: file))
    } catch let error as DecodingError {
      throw InvalidCheckpoint("\(path): \(Self.text(error))")
    } catch {
      throw InvalidCheckpoint("\(path): cannot be read")
    }
    guard document.schema == Self.schema else {
      throw InvalidCheckpoint(
        "\(path): found schema \"\(document.schema)\", expected \"\(Self.schema)\"")
    }
    guard let checksum = try? document.ownChecksum, checksum == document.checksum else {
      throw InvalidCheckpoint("\(path): is not what its checksum says was written")
    }
    guard document.hasCounts else {
      throw InvalidCheckpoint("\(path): found a count that is negative or too large")
    }
    let name = document.tensors.file
    guard name == FileSystem.name(of: name) else {
      throw InvalidCheckpoint("\(path): the tensors' file \"\(name)\" is not beside it")
    }
    let beside = file.deletingLastPathComponent().appendingPathComponent(name)
    guard let data = try? Data(contentsOf: beside) else {
      throw InvalidCheckpoint("\(beside.path): cannot be read")
    }
    guard data.count == document.tensors.bytes,
      CRC32C.checksum(Array(data)) == document.tensors.checksum
    else {
      throw InvalidCheckpoint(
        "\(beside.path): found \(data.count) bytes, expected the \(document.tensors.bytes) whose "
          + "checksum \(path) gives")
    }
    let tensors: Safetensors
    do throws(InvalidSafetensors) { tensors = try Safetensors(data, file: beside.path) } catch {
      throw InvalidCheckpoint(error.description)
    }
    environment = document.environment
    record = EnvironmentRecord(simulator: document.simulator, gymnasium: document.gymnasium)
    configuration = document.configuration.configuration
    progressBytes = document.progressBytes
    eventBytes = document.eventBytes
    snapshot = TrainerSnapshot(state: document.state, tensors: tensors)
  }

  package init(
    environment: String, record: EnvironmentRecord = .init(), configuration: TrainingConfiguration,
    progressBytes: Int, eventBytes: Int, snapshot: TrainerSnapshot
  ) {
    self.environment = environment
    self.record = record
    self.configuration = configuration
    self.progressBytes = progressBytes
    self.eventBytes = eventBytes
    self.snapshot = snapshot
  }

  /// A folder's latest checkpoint that is whole, with what is wrong with later ones.
  package struct Latest: Sendable {
    /// The checkpoint.
    package var checkpoint: Checkpoint
    /// Its JSON file.
    package var file: URL
    /// Why each later one cannot be used, the latest first.
    package var damaged: [InvalidCheckpoint]
  }

  /// The latest checkpoint of a folder that is whole.
  ///
  /// - Throws: ``InvalidCheckpoint`` if there is none, with what is wrong with the latest.
  package static func latest(in folder: URL) throws(InvalidCheckpoint) -> Latest {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let files = names.filter { $0.hasSuffix(".json") }
      .sorted { ($0.count, $0) < ($1.count, $1) }.reversed()
    var damaged: [InvalidCheckpoint] = []
    for name in files {
      let file = folder.appendingPathComponent(name)
      do throws(InvalidCheckpoint) {
        return Latest(checkpoint: try Checkpoint(file), file: file, damaged: damaged)
      } catch {
        damaged.append(error)
      }
    }
    throw damaged.first ?? InvalidCheckpoint("\(folder.path): found no checkpoint")
  }

  private static func text(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "the key \"\(key.stringValue)\" is missing at \(path(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "the value at \(path(context)) is of another kind than a checkpoint has there"
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      "is not JSON: the file was cut short or changed after it was written"
    case .dataCorrupted(let context):
      // Only faults of our own have words for users.
      (context.underlyingError as? Hyperparameter.Fault).map { "\(path(context)): \($0)" }
        ?? "the value at \(path(context)) is none that a checkpoint has there"
    @unknown default: "is not a checkpoint"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    context.codingPath.reduce("$") {
      $0 + ($1.intValue.map { "[\($0)]" } ?? ".\($1.stringValue)")
    }
  }

  /// The JSON file.
  private struct Document: Codable {
    var schema: String
    var environment: String
    /// Absent where nothing is simulated.
    var simulator: String?
    /// Absent where the environment is none of Gymnasium.
    var gymnasium: GymnasiumOptions?
    var configuration: WrittenConfiguration
    var tensors: Tensors
    var progressBytes: Int
    var eventBytes: Int
    var state: TrainerState
    /// Of the file without it.
    var checksum: UInt32?

    /// The bytes, which depend on the document alone. By Foundation, which files and results below this
    /// layer do without.
    func encoded() throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return try encoder.encode(self)
    }

    /// The checksum to be: of what the document says, not of how it is spaced.
    var ownChecksum: UInt32 {
      get throws {
        var document = self
        document.checksum = nil
        return CRC32C.checksum(Array(try document.encoded()))
      }
    }

    /// Whether everything that is counted can be counted on.
    var hasCounts: Bool {
      [
        progressBytes, eventBytes, tensors.bytes, state.iteration, state.steps, state.episodes,
        state.criticSteps, state.generationSteps ?? 0,
      ].allSatisfy { (0...1 << 53).contains($0) }
    }

    /// The safetensors file.
    struct Tensors: Codable {
      var file: String
      var bytes: Int
      var checksum: UInt32
    }
  }
}
