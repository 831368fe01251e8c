internal import MonotoneArithmetic
package import MonotoneFiles
package import MDPCore

/// How numbers are written where a file can hold rational or floating-point numbers.
package enum NumberWriting: String, Sendable, CaseIterable {
  /// Exactly; a model with numbers that the file cannot hold is refused.
  case exact
  /// Rounded to the nearest float64 number.
  case float64
}

/// How a model is written.
package struct ModelWriting: Sendable {
  package var numbers = NumberWriting.exact
  /// The name that the rewards get, where a format names them.
  package var reward = "r"
  /// How the file is compressed as a whole, where its format allows for that.
  package var compression = Compression.none

  package init() {}
}

/// A file of a model: formats of several files have one of each ending.
package struct ModelFile: Sendable {
  /// The ending of its name in place of the first file's.
  package var ending: String
  package var bytes: [UInt8]
}

/// Why a format cannot hold a model.
package struct ModelNotHeld: Error, Sendable {
  /// The reason with its remedy.
  package var message: String
}

/// A format that models can be written in.
package protocol WritableModelFormat: ModelFormat {
  /// Bytes that files of this format begin with, and texts that stand in each of them: by these an existing
  /// file is known as one that may be replaced.
  var beginnings: [String] { get }
  var marks: [String] { get }
  /// Whether a model is several files, whose names differ in their endings.
  var isSeveral: Bool { get }

  /// The files of a model, the one that is named first.
  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile]
}

extension WritableModelFormat {
  package var beginnings: [String] { [] }
  package var marks: [String] { [] }
  package var isSeveral: Bool { false }
}

extension ModelFormats {
  /// The names of the formats that can be written.
  package static var writableNames: [String] {
    all.filter { $0 is any WritableModelFormat }.map(\.name)
  }
}

extension StateActionSpace {
  /// The pair of a state and an action, in a format in which every state that is not terminal offers every action.
  func pair(_ state: Int, _ action: Int, in noun: String) throws(ModelNotHeld) -> Int {
    if let pair = pair(state: state, action: action) { return pair }
    throw ModelNotHeld(
      message:
        "\(noun) has every action in every state; \(Excerpt.quoted(states[state])) does not offer "
        + Excerpt.quoted(actions[action]))
  }
}
