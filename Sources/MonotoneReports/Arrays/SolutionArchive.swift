internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Solutions as NumPy arrays, `.npz`: the numbers of `solve --json` and their error bounds, in float64.
///
/// | array | shape | meaning |
/// |---|---|---|
/// | `schema`, `mdp`, `arithmetic` | () | `monotone/solution-arrays/v1`, the model, the arithmetic of all numbers |
/// | `states`, `actions` | (S), (A) | names; of shape (1) the count, where the model gives only that |
/// | `discount` | () | γ |
/// | `policy_name` | () | what the policy was called |
/// | `policy` | (S, A) | π(a\|s), 0 at unavailable actions |
/// | `return` | () | η |
/// | `V`, `rho` | (S) | V and ρ |
/// | `rho_total_radius` | () | a bound on the sum of the errors of ρ |
/// | `Q`, `A` | (S, A) | Q and A = Q − V, NaN at unavailable actions |
///
/// Each of `return`, `V`, `rho`, `Q` and `A` has its error bounds in an array with `_radius` behind its name:
/// theorems but in float64, where they are evidence. Of an update, the arrays that belong to a policy come
/// twice, with `current_` and `candidate_` before their names.
public struct SolutionArchive: Sendable {
  /// The schema name that archives carry.
  public static let schema = "monotone/solution-arrays/v1"

  /// An array that every archive has, and hardly another file.
  package static let mark = "rho_total_radius.npy"

  private var archive = ZipWriter()

  /// The archive of a solution.
  ///
  /// - Throws: ``ArchiveTooLarge``.
  public static func bytes(of solution: SolutionDocument) throws(ArchiveTooLarge) -> [UInt8] {
    try bytes(of: [("", solution)])
  }

  /// The archive of the solutions of both policies of an update.
  ///
  /// - Throws: ``ArchiveTooLarge``.
  public static func bytes(
    current: SolutionDocument, candidate: SolutionDocument
  ) throws(ArchiveTooLarge) -> [UInt8] {
    try bytes(of: [("current_", current), ("candidate_", candidate)])
  }

  private static func bytes(
    of solutions: [(prefix: String, solution: SolutionDocument)]
  ) throws(ArchiveTooLarge) -> [UInt8] {
    try ArchiveTooLarge.refuse(solutions.map(\.solution))
    var writer = SolutionArchive()
    if let first = solutions.first?.solution { writer.addModel(first) }
    for (prefix, solution) in solutions { writer.add(solution, prefix) }
    do throws(ArchiveOverflow) { return try writer.archive.finish() } catch {
      throw ArchiveTooLarge(solutions[0].solution.states.space)
    }
  }

  private mutating func add(_ name: String, _ bytes: [UInt8]) {
    archive.add("\(name).npy", bytes, compresses: false)
  }

  private mutating func addModel(_ solution: SolutionDocument) {
    let space = solution.states.space
    add("schema", NPYBytes.text(Self.schema))
    add("mdp", NPYBytes.text(solution.model.name))
    for (name, names) in [("states", space.states), ("actions", space.actions)] {
      archive.add(
        "\(name).npy",
        names.isCount
          ? NPYBytes.integers([names.count]) : NPYBytes.texts(Array(names), shape: [names.count]))
    }
    add("discount", NPYBytes.doubles([solution.model.discount.approximation], shape: []))
  }

  private mutating func add(_ solution: SolutionDocument, _ prefix: String) {
    let states = solution.states
    let space = states.space
    let table = [space.stateCount, space.actions.count]
    func add(_ name: String, _ numbers: [Double], _ shape: [Int]) {
      self.add(prefix + name, NPYBytes.doubles(numbers, shape: shape))
    }
    func add(_ name: String, byState numbers: QuantityArray) {
      add(name, numbers.approximations, [space.stateCount])
      add("\(name)_radius", numbers.radii, [space.stateCount])
    }
    func add(_ name: String, byPair numbers: QuantityArray) {
      add(name, space.table(numbers.approximations, unavailable: .nan), table)
      add("\(name)_radius", space.table(numbers.radii, unavailable: .nan), table)
    }
    self.add("\(prefix)arithmetic", NPYBytes.text(solution.arithmetic.rawValue))
    self.add("\(prefix)policy_name", NPYBytes.text(solution.policy))
    add("policy", space.table(states.probabilities.approximations, unavailable: 0), table)
    add("return", [solution.expectedReturn.approximation], [])
    add("return_radius", [solution.states.returnRadius], [])
    add("V", byState: states.values)
    add("rho", byState: states.visitation)
    add("rho_total_radius", [states.visitationError], [])
    add("Q", byPair: states.actionValues)
    add("A", byPair: states.advantages)
  }
}

/// Arrays that a `.zip` archive does not hold: it ends at 4 GiB.
public struct ArchiveTooLarge: Error, Sendable {
  /// The problem and its remedy, as a sentence for the user.
  public let message: String

  fileprivate init(_ space: StateActionSpace) {
    message =
      "the arrays of \(NumberFormat.count(space.stateCount, "state")) by "
      + "\(NumberFormat.count(space.actions.count, "action")) do not fit into an archive of 4 GiB; use --json"
  }

  /// More than names and heads of all arrays take.
  private static let overhead = 1 << 16

  /// Refuses tables beyond the limit before any memory is taken for them.
  fileprivate static func refuse(_ solutions: [SolutionDocument]) throws(ArchiveTooLarge) {
    for space in solutions.map(\.states.space) {
      let numbers = Double(space.stateCount) * (5 * Double(space.actions.count) + 4)
      let texts = [space.states, space.actions].map { names in
        names.isCount ? 0 : names.count * (names.lazy.map(\.utf8.count).max() ?? 0)
      }
      let bytes = 8 * numbers * Double(solutions.count) + 4 * Double(texts.reduce(0, +))
      guard bytes < Double(ZipWriter.sizeLimit - overhead) else {
        throw ArchiveTooLarge(space)
      }
    }
  }
}
