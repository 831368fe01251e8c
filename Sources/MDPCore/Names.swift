/// The names of the states, or of the actions, in order.
///
/// A model that gives only a count has the names "0", "1", …; they are never stored, so a count
/// costs nothing until somebody asks for a name.
public struct Names: Sendable {
  private enum Storage: Sendable {
    case count(Int)
    case list([String], index: [String: Int])
  }

  private let storage: Storage

  /// The names "0", …, "count − 1".
  public init(count: Int) {
    precondition(count >= 0, "a count of names must not be negative: \(count)")
    storage = .count(count)
  }

  /// Given names.
  ///
  /// - Precondition: no name stands twice (readers check this and name the place).
  public init(_ names: [String]) {
    storage = .list(
      names,
      index: Dictionary(
        names.enumerated().map { ($0.element, $0.offset) },
        uniquingKeysWith: { preconditionFailure("name \(names[$0]) given at \($0) and \($1)") }))
  }

  /// The position of a name, or nil for an unknown one.
  public func index(of name: String) -> Int? {
    switch storage {
    case .count(let count):
      guard let index = Int(name), index >= 0, index < count, String(index) == name else {
        return nil
      }
      return index
    case .list(_, let index): return index[name]
    }
  }

  /// Whether only a count was given.
  public var isCount: Bool {
    if case .count = storage { true } else { false }
  }
}

extension Names: RandomAccessCollection {
  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch storage {
    case .count(let count): count
    case .list(let names, _): names.count
    }
  }

  public subscript(index: Int) -> String {
    switch storage {
    case .count(let count):
      precondition(index >= 0 && index < count, "name \(index) of \(count)")
      return String(index)
    case .list(let names, _): return names[index]
    }
  }
}

extension Names: Equatable {
  public static func == (a: Self, b: Self) -> Bool {
    if case .count(let x) = a.storage, case .count(let y) = b.storage { return x == y }
    return a.elementsEqual(b)
  }
}
