/// An environment that has a name: what it is, and how vectors of it are made.
package struct EnvironmentKind: Sendable {
  /// The name, with the version.
  package let name: String
  /// A description in a few words.
  package let summary: String
  private let vectors:
    @Sendable (_ count: Int, _ threads: Int, _ seed: UInt64, _ timeLimit: Int?) ->
      [any VectorEnvironment]

  /// - Parameter environment: Makes one with a time limit; with its own for nil.
  package init<E: Environment>(
    _ name: String, _ summary: String,
    _ environment: @escaping @Sendable (_ timeLimit: Int?) -> E
  ) {
    self.name = name
    self.summary = summary
    vectors = { count, threads, seed, timeLimit in
      EnvironmentCatalogue.make(environment(timeLimit), count: count, threads: threads, seed: seed)
    }
  }

  /// Environments side by side, a vector for each thread.
  func make(
    count: Int, threads: Int, seed: UInt64, timeLimit: Int?
  ) -> [any VectorEnvironment] {
    vectors(count, threads, seed, timeLimit)
  }
}
