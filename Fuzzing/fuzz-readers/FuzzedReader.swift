import Foundation
import MDPCore
import MDPFormats
import MonotoneArithmetic
import MonotoneFiles
import NeuralTRPO
import TrainingRuns

/// A reader of files or texts that come from outside.
///
/// Two more ways into the binary formats mend the checksums first, which libFuzzer would hardly ever guess, so
/// that what lies behind them is reached.
enum FuzzedReader: String, CaseIterable {
  /// Models, each by its format.
  case monotone, gymnasium, drn, prism, storm, pexp, npz, umb, pomdp
  /// A model whose format its content tells.
  case model
  /// As `npz` and `umb`, behind the checksums.
  case npzMended = "npz-mended"
  case umbMended = "umb-mended"
  /// A `.umb` in parts, as the processes of a distributed run read it.
  case parts
  /// Any file, as `validate` reads it beside its model: policies, batches, bound cases, configurations.
  case document
  case policy, stack, batch
  /// A line of `audit --policies -`.
  case line
  case divergences
  case expression, number
  case safetensors, checkpoint

  /// Reads some bytes, and goes through what they hold.
  func read(_ bytes: [UInt8]) {
    let input = InputBytes(bytes, name: "input")
    let limits = FuzzedModel.limits(of: bytes)
    switch self {
    case .monotone, .gymnasium, .drn, .prism, .storm, .pexp, .npz, .umb, .pomdp:
      FuzzedModel.read(input, as: rawValue)
    case .model: FuzzedModel.read(input, as: nil)
    case .npzMended: FuzzedModel.read(InputBytes(Checksums.zip(bytes), name: "input"), as: "npz")
    case .umbMended: FuzzedModel.read(InputBytes(Checksums.tar(bytes), name: "input"), as: "umb")
    case .parts: FuzzedModel.readParts(Checksums.tar(bytes))
    case .document: _ = Validator.validate(input, against: FuzzedModel.small, configuration: limits)
    case .policy: _ = try? PolicyReader.read(input, for: FuzzedModel.small, configuration: limits)
    case .stack:
      guard let stack = try? PolicyStack(input, for: FuzzedModel.small, configuration: limits)
      else { return }
      for index in 0..<stack.count { _ = try? stack.policy(index) }
    case .batch: _ = try? BatchReader.read(input, for: FuzzedModel.small, configuration: limits)
    case .line: _ = try? PolicyLine(input, for: FuzzedModel.small, configuration: limits)
    case .divergences: _ = LoggedDivergenceReader.read(input)
    case .expression: _ = try? PolicyExpression(String(decoding: bytes, as: UTF8.self))
    case .number: _ = bytes.withUnsafeBufferPointer { try? ExactNumber(parsing: $0) }
    case .safetensors: _ = try? Safetensors(Data(bytes), file: "input")
    case .checkpoint:
      let file = TemporaryInput(bytes)
      _ = try? Checkpoint(URL(fileURLWithPath: file.path))
    }
  }
}
