internal import MonotoneFiles

/// Which part of a model a file holds, where the model is spread over several files by state.
struct ModelShard: Sendable, Equatable {
  /// From 1.
  var number: Int
  /// How many shards there are.
  var count: Int
  /// The number of its first state in the model.
  var firstState: Int
  /// How many states the model has.
  var stateCount: Int
  /// A text that all shards of one model share, and no other has.
  var model: String

  /// The form in which the index of a shard holds it.
  var json: String {
    "{\"number\": \"\(number)\", \"of\": \"\(count)\", \"first-state\": \"\(firstState)\", "
      + "\"states\": \"\(stateCount)\", \"model\": \(JSONText.quoted(model))}"
  }

  /// The name of a shard: `model-2-of-4.umb` for the model `model.umb`.
  static func path(of model: String, number: Int, count: Int) -> String {
    let base = model.hasSuffix(".umb") ? String(model.dropLast(4)) : model
    return "\(base)\(suffix(number, count))"
  }

  /// The name of another shard; nil where this one's name does not end in its number.
  func path(ofShard other: Int, beside path: String) -> String? {
    let ending = Self.suffix(number, count)
    guard path.hasSuffix(ending) else { return nil }
    return path.dropLast(ending.count) + Self.suffix(other, count)
  }

  private static func suffix(_ number: Int, _ count: Int) -> String {
    "-\(number)-of-\(count).umb"
  }
}
