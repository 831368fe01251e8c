/// The answer to a call: arrays, and a document that is written when somebody asks for it.
package struct Reply {
  /// An array of a reply.
  struct Output {
    enum Elements {
      case float64([Double])
      case int32([Int32])
      case int8([Int8])
    }

    var name: StaticString
    var shape: [Int]
    var elements: Elements
  }

  var arrays: [Output] = []
  /// The handle of the session that was opened, or 0.
  package var handle: UInt64 = 0
  /// Writes the document.
  package var json: () throws -> String

  init(handle: UInt64 = 0, arrays: [Output] = [], json: @escaping () throws -> String) {
    self.handle = handle
    self.arrays = arrays
    self.json = json
  }

  /// A reply with nothing to say.
  static func empty() -> Reply { Reply { "{}" } }
}
