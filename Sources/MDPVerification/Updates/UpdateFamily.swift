/// The updates that a verification run checks on every model.
///
/// They are written in the language of policy arguments, so that every row of a report can be
/// reproduced by `monotone check`. The family covers steps toward a better policy at four sizes,
/// unrelated pairs of policies, a step of the size that trust regions allow, no step at all,
/// dropped actions (infinite KL), harmful steps, and steps from a policy that is already greedy.
package struct UpdateFamily: Sendable {
  /// One update: from a policy to another.
  package struct Member: Sendable {
    package var label: String
    package var current: String
    package var candidate: String
  }

  /// The members, in the order of reports.
  package let members: [Member]

  /// The family whose random policies start at a seed.
  package init(seed: UInt64) {
    func random(_ offset: UInt64) -> String { "random(\(seed &+ offset))" }
    members =
      [
        Member(label: "all the way to greedy", current: "uniform", candidate: "greedy(uniform)")
      ]
      + ["1/2", "0.1", "0.01"].map { alpha in
        Member(
          label: "toward greedy by \(alpha)", current: "uniform",
          candidate: "mix(\(alpha), uniform, greedy(uniform))")
      } + [
        Member(label: "between random policies", current: random(0), candidate: random(1)),
        Member(label: "between random policies", current: random(2), candidate: random(3)),
        Member(
          label: "random toward optimal by 0.1", current: random(4),
          candidate: "mix(0.1, \(random(4)), optimal)"),
        Member(
          label: "small softmax step", current: "uniform", candidate: "softmax(0.01, uniform)"),
        Member(label: "softmax step", current: random(5), candidate: "softmax(1, \(random(5)))"),
        Member(label: "no step", current: "uniform", candidate: "uniform"),
        Member(label: "worst action dropped", current: "uniform", candidate: "drop(uniform)"),
        Member(label: "worst action dropped", current: random(6), candidate: "drop(\(random(6)))"),
        Member(
          label: "dropped action taken up again", current: "drop(uniform)", candidate: "uniform"),
        Member(
          label: "away from optimal by 0.01", current: "optimal",
          candidate: "mix(0.01, optimal, uniform)"),
        Member(label: "optimal to random", current: "optimal", candidate: random(7)),
      ]
  }
}
