/// Checks that a property holds for inputs drawn at random.
///
/// Case k under a seed is the same input whatever came before it. The first input that fails is
/// shrunk to a local minimum, an input of which no simpler one fails, kept in the folder of
/// regressions, and thrown. Kept inputs come first the next time.
///
///     @Test func improves() throws {
///       try propertyCheck(count: 200, input: Gen.policyUpdate()) { update in
///         try expect(gain(update) >= 0, "the return falls")
///       }
///     }
///
/// - Parameters:
///   - name: What the property is called; the calling function, unless given.
///   - count: How many cases to check.
///   - input: Makes the inputs.
///   - configuration: Seed, replay, folder of regressions.
///   - property: Throws where the property does not hold.
/// - Throws: ``PropertyFailure``.
public func propertyCheck<Input: Sendable>(
  _ name: String = #function, count: Int = 100, input: Generator<Input>,
  configuration: PropertyConfiguration = .init(), _ property: (Input) throws -> Void
) throws(PropertyFailure) {
  var run = PropertyRun(name, count: count, input: input, configuration: configuration)
  while let input = run.next() {
    do {
      try property(input)
      run.record(nil)
    } catch {
      run.record("\(error)")
    }
  }
  if let failure = run.failure { throw failure }
}

/// Checks an asynchronous property on random inputs, and shrinks the first input on which it fails.
///
/// The parameters are those of the synchronous function.
///
/// - Throws: ``PropertyFailure``.
public func propertyCheck<Input: Sendable>(
  _ name: String = #function, count: Int = 100, input: Generator<Input>,
  configuration: PropertyConfiguration = .init(),
  isolation: isolated (any Actor)? = #isolation, _ property: (Input) async throws -> Void
) async throws(PropertyFailure) {
  var run = PropertyRun(name, count: count, input: input, configuration: configuration)
  while let input = run.next() {
    do {
      try await property(input)
      run.record(nil)
    } catch {
      run.record("\(error)")
    }
  }
  if let failure = run.failure { throw failure }
}
