internal import MonotoneArithmetic
internal import MDPCore
internal import MDPFormats
internal import MDPTesting
internal import MonotoneFiles

/// Laws of the file formats.
enum FormatLaws {
  static let all = [models, formats, policies, arrays]

  private static let models = NamedProperty.law(
    "mdp-round-trip", "a model reads back as it was written, in both forms", kind: .format
  ) { experiment in
    let written = experiment.input.mdp
    for form in MDPWriter.Form.allCases {
      let read = try MDPReader.read(InputBytes(MDPWriter.write(written, form: form), name: "model"))
      guard
        read.space == written.space, read.transitions == written.transitions,
        read.discount == written.discount, read.initial == written.initial,
        read.normalised.isEmpty
      else { throw Broken(description: "the \(form) form reads as another model") }
      // Rewards may move between their forms; r(s,a) is what they all come to.
      guard
        try FiniteMDP<Rational>(read).expectedReward
          == FiniteMDP<Rational>(written).expectedReward
      else { throw Broken(description: "the \(form) form reads with other rewards") }
    }
    return true
  }

  private static let formats = NamedProperty.law(
    "format-round-trip", "a model reads back from every format that can hold it in one file",
    kind: .format
  ) { experiment in
    let written = experiment.input.mdp
    let expected = try contents(written)
    var reading = MDPReaderConfiguration()
    reading.discount = written.discount
    for case let format as any WritableModelFormat in ModelFormats.all where !format.isSeveral {
      // A format that cannot hold the model says so, and tests of each see to when it may.
      guard let file = try? format.write(written, ModelWriting()).first else { continue }
      reading.format = format.name
      let input = InputBytes(file.bytes, name: "model")
      guard try contents(ModelReader.read(input, configuration: reading)) == expected else {
        throw Broken(description: "\(format.noun) reads as another model")
      }
    }
    return true
  }

  /// A model by state, whatever the names and the order of its actions: γ, ρ₀, and for each action of a state
  /// its expected reward and next states. Terminal states are those that nothing leaves and nothing pays:
  /// formats without a mark for them hold no more.
  private static func contents(_ document: MDPDocument) throws -> [[String]] {
    let mdp = try FiniteMDP<Rational>(document)
    let states = (0..<mdp.stateCount).map { state in
      let actions = mdp.space.pairs(of: state).map { pair in
        let row = mdp.transitions.rowStart[pair]..<mdp.transitions.rowStart[pair + 1]
        let next = row.map { "\(mdp.transitions.columns[$0]): \(mdp.transitions.values[$0])" }
        return "\(mdp.expectedReward[pair]) \(next.sorted())"
      }.sorted()
      return actions.allSatisfy { $0 == "0 [\"\(state): 1\"]" } ? [] : actions
    }
    return [["\(mdp.discount) \(mdp.initial)"]] + states
  }

  private static let policies = NamedProperty.law(
    "policy-round-trip", "a policy reads back as it was written", kind: .format
  ) { experiment in
    let mdp = experiment.input.mdp
    for policy in [experiment.input.current, experiment.input.candidate] {
      let text = PolicyWriter.write(policy, mdp: mdp.name)
      let read = try PolicyReader.read(InputBytes(text, name: "policy"), for: mdp)
      guard read.policy == policy else { throw Broken(description: "it reads as another policy") }
    }
    return true
  }

  private static let arrays = NamedProperty.law(
    "npy-round-trip", "a policy written as a float64 array reads back to within rounding",
    kind: .format
  ) { experiment in
    let mdp = experiment.input.mdp
    let policy = experiment.input.candidate
    let read = try PolicyReader.read(
      InputBytes(NPYWriter.write(policy), name: "policy.npy"), for: mdp
    ).policy
    // Half a unit in the last place, and as much again for the division by the row's sum.
    let tolerance = Rational(finite: 0x1p-50)
    // What is smaller than every float64 number becomes 0, and where a row has only one number that
    // does not, that becomes 1.
    let smallest = Rational(finite: 0x1p-1022)
    for pair in policy.probabilities.indices
    where (read[pair] - policy[pair]).magnitude > tolerance * policy[pair] + smallest {
      throw Broken(description: "pair \(pair) has \(read[pair]), not \(policy[pair])")
    }
    return true
  }
}
