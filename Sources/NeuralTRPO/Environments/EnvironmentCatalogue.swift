/// The environments that have a name, and how vectors of any are made.
package enum EnvironmentCatalogue {
  /// All of them.
  package static let all = [CartPole.kind, PaperCartPole.kind, Pendulum.kind]

  /// Their names.
  package static let names = all.map(\.name)

  /// Environments side by side, for some threads.
  ///
  /// - Parameters:
  ///   - name: One of ``names``.
  ///   - count: How many in all; as many for each thread as can be.
  ///   - timeLimit: In place of the environment's own; nil for that.
  /// - Returns: A vector for each thread; nil if no environment has the name.
  package static func make(
    _ name: String, count: Int, threads: Int = 1, seed: UInt64, timeLimit: Int? = nil
  ) -> [any VectorEnvironment]? {
    all.first { $0.name == name }?.make(
      count: count, threads: threads, seed: seed, timeLimit: timeLimit)
  }

  /// Environments of a kind side by side, for some threads.
  package static func make(
    _ environment: some Environment, count: Int, threads: Int = 1, seed: UInt64
  ) -> [any VectorEnvironment] {
    let used = max(1, min(threads, count))
    var first = 0
    return (0..<used).map { thread in
      let share = count / used + (thread < count % used ? 1 : 0)
      defer { first += share }
      return EnvironmentVector(
        environment, count: share, seed: seed, firstStream: UInt64(first))
    }
  }
}
