import Foundation
import MDPCore
import MDPFormats
import MonotoneFiles
import NeuralTRPO

/// Small valid files for every reader, from which a fuzzer begins.
enum FuzzSeeds {
  /// Writes a folder for each reader.
  static func write(to folder: String) throws {
    for reader in FuzzedReader.allCases {
      let place = URL(fileURLWithPath: folder).appendingPathComponent(reader.rawValue)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for (number, bytes) in seeds(reader).enumerated() {
        try Data(bytes).write(to: place.appendingPathComponent("seed-\(number)"))
      }
    }
  }

  private static func seeds(_ reader: FuzzedReader) -> [[UInt8]] {
    switch reader {
    case .monotone:
      [MDPWriter.Form.sparse, .dense].map {
        Array(MDPWriter.write(FuzzedModel.small, form: $0).utf8)
      }
    case .gymnasium, .drn, .umb, .pexp, .prism, .storm: models(reader.rawValue)
    case .pomdp: models(reader.rawValue) + texts(examples[reader] ?? [])
    case .npz: ["npz", "pymdptoolbox", "quantecon"].flatMap { models($0) }
    case .npzMended: seeds(.npz) + models("npz", .float64)
    case .umbMended, .parts: models("umb") + models("umb", .float64)
    case .model: seeds(.monotone) + seeds(.gymnasium) + seeds(.umb) + compressed
    case .document: seeds(.monotone) + seeds(.policy) + seeds(.batch) + texts(settings)
    case .policy: texts(examples[reader] ?? []) + [NPYBytes.doubles(probabilities, shape: [3, 2])]
    case .stack: [NPYBytes.doubles(probabilities + probabilities, shape: [2, 3, 2])]
    case .safetensors: [tensors]
    default: texts(examples[reader] ?? [])
    }
  }

  private static func models(_ name: String, _ numbers: NumberWriting = .exact) -> [[UInt8]] {
    var writing = ModelWriting()
    writing.numbers = numbers
    let format = ModelFormats.named(name) as? any WritableModelFormat
    guard let files = try? format?.write(FuzzedModel.small, writing) else { return [] }
    return files.prefix(1).map(\.bytes)
  }

  private static var tensors: [UInt8] {
    var tensors = Safetensors(metadata: ["a": "b"])
    tensors.append("weights", .double([1, 2, 3, 4]), shape: [2, 2])
    return Array(tensors.encoded())
  }

  private static var compressed: [[UInt8]] {
    [Compression.gz, .xz].flatMap { compression in
      models("umb").map { compression.compress($0) }
    }
  }

  private static func texts(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  private static let settings = [
    #"{"schema": "monotone/training/v1", "batch": 2000, "hidden": [64, 64], "delta": 0.01}"#
  ]

  private static let probabilities: [Double] = [0.3, 0.7, 1, 0, 0, 0]
  private static let rows = "[[0.3, 0.7], [1, 0], null]"

  private static let examples: [FuzzedReader: [String]] = [
    .pomdp: [
      """
      discount: 0.95
      values: reward
      states: a b
      actions: go stay
      observations: a b
      start: 1.0 0.0
      T: go
      0.5 0.5
      uniform
      T: stay
      identity
      O: *
      identity
      R: go : a : b : * 1.5
      R: * : b : * : * -1e-3
      """
    ],
    .policy: [
      #"{"schema": "monotone/policy/v1", "mdp": "small", "probabilities": \#(rows)}"#,
      #"{"schema": "monotone/policy/v1", "probabilities": {"a": {"go": "1/3", "stay": "2/3"}, "b": {"go": 1}}}"#,
    ],
    .batch: [
      """
      {"schema": "monotone/batch/v1", "states": ["a", 1], "actions": ["go", 0], "advantages": [0.9, -1.1], \
      "weights": [1, "1/4"]}
      """
    ],
    .line: [
      #"{"probabilities": \#(rows), "kl": 0.0098, "name": "update 12", "precision": "float32"}"#,
      """
      {"probabilities": \(rows), "kl": NaN, "batch": {"states": [0, 1], "actions": [1, 0], "advantages": [0.5, -1]}}
      """,
    ],
    .divergences: ["0.01\n-1, nan\t1e-3 # text"],
    .expression: [
      "mix(0.1, uniform, greedy(optimal))", "softmax(1/3, \"a file.json\")", "drop(random(7))",
    ],
    .number: ["-12.5e-3", "1/3", "1e10000"],
    .checkpoint: [
      """
      {"schema": "monotone/checkpoint/v1", "environment": "CartPole-v1", "tensors": {"file": "a", "bytes": 1, \
      "checksum": 2}, "progressBytes": 0, "eventBytes": 0, "checksum": 1}
      """
    ],
  ]
}
