internal import MDPTesting

/// A counterexample that an earlier run kept, and what its property says of it now.
public struct KeptInput: Sendable {
  /// The property.
  public let property: NamedProperty
  /// The stem of its files.
  public let stem: String
  /// The verdict now; a violation, if the files cannot be read.
  public let verdict: PropertyVerdict
}

/// The counterexamples of earlier runs.
public enum KeptInputs {
  /// Checks again what a folder keeps for some properties.
  public static func replay(from folder: String, _ properties: [NamedProperty]) -> [KeptInput] {
    properties.flatMap { property in
      UpdateInput.stems(in: folder, property: property.id).map { stem in
        let verdict: PropertyVerdict
        do { verdict = property.check(Experiment(try UpdateInput(reading: stem))) } catch {
          verdict = .violated("its files cannot be read: \(error)")
        }
        return KeptInput(property: property, stem: stem, verdict: verdict)
      }
    }
  }
}
