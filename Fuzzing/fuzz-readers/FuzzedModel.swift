import MDPCore
import MDPFormats
import MonotoneArithmetic
import MonotoneFiles

/// Reading models from bytes that anybody may have written.
enum FuzzedModel {
  /// The model that policies, batches and lines are read for.
  static let small: MDPDocument = {
    let text = """
      {"schema": "monotone/mdp/v1", "name": "small", "discount": 0.9, "states": ["a", "b", "end"],
       "actions": ["go", "stay"], "initial": {"a": 1}, "terminal": ["end"], "transitions": [
       {"from": "a", "action": "go", "to": {"a": 0.5, "b": "1/2"}, "reward": 1},
       {"from": "a", "action": "stay", "to": {"a": 1}},
       {"from": "b", "action": "go", "to": {"end": 1}, "reward": {"end": -2.5}}]}
      """
    guard let model = try? MDPReader.read(InputBytes(text, name: "small")) else {
      fatalError("the small model has a fault")
    }
    return model
  }()

  /// The limits of a run, so low that a fuzzer meets them; the choices that a user has come from the length.
  static func limits(of bytes: [UInt8]) -> MDPReaderConfiguration {
    var limits = MDPReaderConfiguration()
    limits.memoryLimit = 256 << 20
    limits.faultLimit = 10
    let choice = bytes.count % 12
    limits.decimals = choice % 4 == 0 ? nil : DecimalReading.allCases[choice % 4 - 1]
    limits.terminal = choice < 6 ? nil : choice < 9 ? .absorbing : TerminalRule.none
    return limits
  }

  /// Reads a model; what is accepted must survive the project's own format.
  static func read(_ input: InputBytes, as format: String?) {
    var limits = limits(of: input.bytes)
    limits.format = format
    if format != "monotone", format != "pomdp", input.count % 5 != 0 {
      limits.discount = ExactNumber(Rational(9) / Rational(10))
    }
    guard let document = try? ModelReader.read(input, configuration: limits) else { return }
    guard document.transitions.nextState.count < 2000 else { return }
    let text = MDPWriter.write(document)
    do {
      let again = try MDPReader.read(InputBytes(text, name: "written"))
      guard MDPWriter.write(again) == text else { fatalError("read back, the model is another") }
    } catch {
      fatalError("a model that was read is refused when it is read back: \(error)")
    }
  }

  /// Reads a model as one process does, and as two.
  static func readParts(_ bytes: [UInt8]) {
    let file = TemporaryInput(bytes)
    var limits = limits(of: bytes)
    limits.discount = ExactNumber(Rational(9) / Rational(10))
    guard let model = try? PartedModel(file.path, limits) else { return }
    for count in 1...2 {
      for rank in 0..<count { _ = try? model.read(model.states(ofRank: rank, of: count)) }
    }
  }
}
