/// Something that a run was told to fail on, and what came of it.
package struct NamedCondition: Sendable, Equatable {
  /// How it was named: `max-kl=0.01`.
  package var name: String
  /// The updates on which it happened, with the value that shows it; of a single check the update is 1.
  package var happened: [Int: String]

  package init(name: String, happened: [Int: String]) {
    self.name = name
    self.happened = happened
  }
}
