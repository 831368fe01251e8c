internal import MonotoneArithmetic
internal import MDPCore
internal import MDPFormats
internal import MDPTesting
internal import MonotoneFiles

/// Laws of the file formats.
enum FormatLaws {
  static let all = [models, policies, arrays]

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
