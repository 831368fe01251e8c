import MDPFormats
import MonotoneFiles

/// The model of a tabular Gymnasium environment, read by the Python package `monotone`.
struct GymnasiumModel {
  /// The mark of an argument that names an environment of Gymnasium.
  static let prefix = "gym:"

  /// The environment's id.
  var id: String
  /// γ, as it was written.
  var discount: String
  /// How float64 numbers become rational: `shortest`, `exact` or `simplest`.
  var decimals: String
  /// The interpreter.
  var python: String

  /// The model's file.
  func input() throws -> InputBytes {
    let arguments = [
      "-m", "monotone.gymnasium", id, "--discount", discount, "--decimals", decimals,
    ]
    let result: ChildProcess.Result
    do throws(ChildProcess.Failure) { result = try ChildProcess.run(python, arguments) } catch {
      throw CommandFailure("\(python): cannot be run: \(error.message)", .unreadable)
    }
    guard result.status == 0 else {
      let words = String(decoding: result.errors, as: UTF8.self).trimmed
      if let module = ["monotone", "gymnasium"].first(where: { words.contains("'\($0)") }),
        words.contains("No module named")
      {
        throw CommandFailure(
          """
          \(Self.prefix)\(id): \(python) has no package \(module); install it with
            \(python) -m pip install gymnasium dist/monotone-*.whl    (the wheel of `make wheel`)
          or name another interpreter with --python
          """, .unreadable)
      }
      throw CommandFailure("\(Self.prefix)\(id): \(words)", .badData)
    }
    return InputBytes(result.output, name: Self.prefix + id)
  }
}
