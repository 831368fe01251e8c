/// A text that is known to be JSON, with an index of its outermost object.
///
/// Foundation's JSON reader keeps neither the digits of numbers, nor the places of values, nor
/// duplicate keys, all of which a strict reader of models needs; hence an own one. It makes two
/// passes. The first, ``JSONSyntax``, only decides whether the text is JSON. The second, with
/// ``JSONCursor``, decodes it and never has to doubt the syntax.
package struct JSONDocument {
  /// Where a member of the outermost object has its key and its value.
  package struct Member {
    package let key: Int
    package let value: Int
  }

  package let input: InputBytes
  /// Where the outermost value starts.
  package let root: Int
  /// The members of the outermost value, if it is an object.
  package let members: [Member]

  /// How deep a text may nest where nobody says otherwise; the formats need five levels.
  package static let usualNestingLimit = 64

  /// Checks that the input is JSON.
  ///
  /// - Parameter nestingLimit: How deep the text may nest.
  /// - Parameter acceptsNonFinite: Whether `NaN` and `Infinity` pass; decoders of numbers refuse them where
  ///   they stand.
  /// - Throws: the syntax fault, alone: what follows it cannot be understood.
  package init(
    _ input: InputBytes, nestingLimit: Int = usualNestingLimit, acceptsNonFinite: Bool = false
  ) throws(InvalidInput) {
    var syntax = JSONSyntax(
      input, nestingLimit: nestingLimit, acceptsNonFinite: acceptsNonFinite)
    do throws(JSONSyntax.Failure) {
      try syntax.check()
    } catch {
      let log = FaultLog(limit: 1)
      log.add(.syntax, at: error.offset, error.message)
      throw log.error(in: input)
    }
    self.input = input
    root = syntax.root
    members = syntax.members
  }

  /// The object that stands at an offset within this one, as a document of its own.
  package func nested(at offset: Int) -> JSONDocument {
    var cursor = cursor(at: offset)
    var members: [Member] = []
    var more = cursor.kind == .object && cursor.enter()
    while more {
      let key = cursor.position
      _ = cursor.key()
      members.append(Member(key: key, value: cursor.position))
      cursor.skipValue()
      more = cursor.next()
    }
    return JSONDocument(input: input, root: offset, members: members)
  }

  private init(input: InputBytes, root: Int, members: [Member]) {
    self.input = input
    self.root = root
    self.members = members
  }

  package func cursor(at offset: Int) -> JSONCursor {
    JSONCursor(base: input.base, position: offset)
  }
}
