import Foundation
import MDPFormats
import MonotoneArithmetic
import MonotoneFiles
import Synchronization
import TestSupport

@testable import MDPVerification

/// Models small enough that every number of them has a closed form.
enum Models {
  /// One state and γ = 3/4: η is four times the reward. Action a pays 1, b pays 0, c pays −1.
  static let line = """
    {"schema": "monotone/mdp/v1", "name": "line", "discount": "3/4", "states": ["s"],
     "actions": ["a", "b", "c"], "initial": {"s": 1}, "transitions": [
      {"from": "s", "action": "a", "to": {"s": 1}, "reward": 1},
      {"from": "s", "action": "b", "to": {"s": 1}, "reward": 0},
      {"from": "s", "action": "c", "to": {"s": 1}, "reward": -1}]}
    """

  /// γ = 1/2. In i one takes 1 or goes to j for nothing; in j one stays for 3 or goes back for nothing.
  ///
  /// Uniform: V(i) = 3/2 and V(j) = 5/2, so that taking (7/4) looks better than going (5/4). After taking
  /// and staying, V(j) = 6 and going is worth 3, more than 2: the optimum.
  static let fork = """
    {"schema": "monotone/mdp/v1", "name": "fork", "discount": "1/2", "states": ["i", "j"],
     "actions": ["stay", "go"], "initial": {"i": 1}, "transitions": [
      {"from": "i", "action": "stay", "to": {"i": 1}, "reward": 1},
      {"from": "i", "action": "go", "to": {"j": 1}, "reward": 0},
      {"from": "j", "action": "stay", "to": {"j": 1}, "reward": 3},
      {"from": "j", "action": "go", "to": {"i": 1}, "reward": 0}]}
    """

  /// γ = 1: one waits for nothing, or leaves, which pays 2. Whoever only waits never ends, and the greedy
  /// policy, to which both look alike, waits.
  static let door = """
    {"schema": "monotone/mdp/v1", "name": "door", "discount": 1, "states": ["in", "out"],
     "actions": ["wait", "leave"], "initial": {"in": 1}, "terminal": ["out"], "transitions": [
      {"from": "in", "action": "wait", "to": {"in": 1}, "reward": 0},
      {"from": "in", "action": "leave", "to": {"out": 1}, "reward": 2}]}
    """

  /// A model, as if it had been read from a file of its name.
  static func loaded(_ text: String) throws -> LoadedModel {
    let document = try MDPReader.read(InputBytes(Array(text.utf8), name: "model.json"))
    return LoadedModel(document, file: "\(document.name).json")
  }

  /// Fractions from their texts.
  static func fractions(_ texts: [String]) throws -> [Rational] {
    try texts.map { try ExactNumber(parsing: $0).rational }
  }
}

/// A folder of files by name; folders in between are made.
func withFiles<T>(_ files: [String: String], _ body: (_ folder: String) throws -> T) throws -> T {
  try TemporaryFolder.with { folder in
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try body(folder.path)
  }
}

/// Keeps what a run says, and stops it when something is said that was waited for.
final class Listener: Sendable {
  private let said = Mutex((notes: [String](), progress: [String](), isStopped: false))

  var notes: [String] { said.withLock { $0.notes } }
  var progress: [String] { said.withLock { $0.progress } }

  /// A monitor that this listens to.
  ///
  /// - Parameter stopping: Whether the run ends with the first piece of work that is done.
  func monitor(stopping: Bool = false) -> RunMonitor {
    RunMonitor(
      note: { [self] text in said.withLock { $0.notes.append(text) } },
      progress: { [self] text in
        said.withLock {
          $0.progress.append(text)
          $0.isStopped = $0.isStopped || stopping
        }
      },
      isStopped: { [self] in said.withLock(\.isStopped) })
  }
}
