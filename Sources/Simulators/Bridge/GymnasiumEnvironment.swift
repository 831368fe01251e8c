package import MonotoneFiles
package import NeuralTRPO

/// An environment of Gymnasium: what a worker told of it, and how vectors of it are made.
package struct GymnasiumEnvironment: Sendable {
  /// Its name: the family's mark and its id.
  package let name: String
  /// The environments that it is one of.
  package let family: GymnasiumFamily
  /// How it is made.
  package let options: GymnasiumOptions
  let hello: GymnasiumHello

  /// Its name without the mark.
  var id: String { String(name.dropFirst(family.prefix.count)) }
  /// Its observations and actions.
  package var spaces: EnvironmentSpaces {
    EnvironmentSpaces(
      id: name, observationWidth: hello.observationWidth, image: hello.image,
      actionSpace: hello.actionSpace)
  }

  /// Makes the environment once, to learn of its spaces.
  ///
  /// - Parameter name: With the mark of its family.
  /// - Throws: ``MonotoneFiles/RunFailure`` if it cannot be made or learned in.
  package init(_ name: String, _ options: GymnasiumOptions) throws(RunFailure) {
    let family = GymnasiumFamily(of: name) ?? .gymnasium
    try Self.require(options, family)
    let id = String(name.dropFirst(family.prefix.count))
    guard !id.isEmpty else {
      throw RunFailure("\(name): expected \(family.expectation)", .usage)
    }
    let hello: GymnasiumHello
    do throws(GymnasiumFault) {
      hello = try GymnasiumWorker(id, of: family, options, count: 1).hello
    } catch {
      throw error.failure(of: name)
    }
    // As they are written down: complete, so that a later version makes the same environment of them.
    var complete = options
    if let arguments = hello.arguments {
      complete.makeArguments = arguments
      (complete.stickyActions, complete.hasFullActionSet) = (nil, nil)
    }
    (self.name, self.family, self.options, self.hello) = (name, family, complete, hello)
  }

  /// Refuses options that no worker could be started with.
  private static func require(
    _ options: GymnasiumOptions, _ family: GymnasiumFamily
  ) throws(RunFailure) {
    if let probability = options.stickyActions {
      guard family.isGames else {
        throw RunFailure("--sticky-actions is for games: atari:GAME or minatar:GAME", .usage)
      }
      guard probability >= 0, probability <= 1 else {
        throw RunFailure(
          "--sticky-actions: found \(probability); expected a probability from 0 to 1", .usage)
      }
    }
    guard options.hasFullActionSet == nil || family.isGames else {
      throw RunFailure("--full-action-set is for games: atari:GAME or minatar:GAME", .usage)
    }
    let input = InputBytes(Array(options.makeArguments.utf8), name: "--gym-make")
    let json: JSONDocument
    do throws(InvalidInput) { json = try JSONDocument(input) } catch {
      throw RunFailure("\(error)", .usage)
    }
    let kind = json.cursor(at: json.root).kind
    guard kind == .object else {
      throw RunFailure(
        "--gym-make: found \(kind.phrase); expected an object of the keyword arguments of "
          + "gymnasium.make: '{\"g\": 9.81}'", .usage)
    }
    guard options.timeout >= 0.01, options.timeout <= 86_400 else {
      throw RunFailure(
        "--gym-timeout: found \(options.timeout); expected seconds from 0.01 to 86400", .usage)
    }
  }

  /// The programs that it depends on, with their versions: `Gymnasium 1.4.0, Python 3.11.7, NumPy 2.4.6`.
  package var simulator: String { hello.versions.joined(separator: ", ") }

  /// Environments side by side, with a process for each thread.
  package func vectors(
    count: Int, threads: Int, seed: UInt64, timeLimit: Int?
  ) throws(RunFailure) -> [any VectorEnvironment] {
    let used = max(1, min(threads, count))
    var (vectors, first) = ([any VectorEnvironment](), 0)
    for thread in 0..<used {
      let share = count / used + (thread < count % used ? 1 : 0)
      do throws(GymnasiumFault) {
        vectors.append(
          try GymnasiumVector(
            self, count: share, seed: seed, firstStream: UInt64(first), timeLimit: timeLimit))
      } catch {
        throw error.failure(of: name)
      }
      first += share
    }
    return vectors
  }
}
