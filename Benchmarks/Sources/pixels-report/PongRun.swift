import MonotoneReports
import RunPages

/// Pong from pixels, beside the score of Schulman et al. 2015.
struct PongRun {
  let runs: [RunResult]

  /// Table 1 of Schulman et al. 2015: single path and vine alike, after 500 iterations of 100,000 and 400,000 steps.
  private static let paperScore = 20.9
  /// The same table's score of random actions.
  private static let randomScore = -20.4

  var figures: [(name: String, figure: LearningCurvesFigure)] {
    guard !runs.isEmpty else { return [] }
    return [
      (
        "Pong",
        LearningCurvesFigure(
          title: "Pong", caption: Page.curveCaption, curves: [Page.curve("Monotone", runs)],
          references: [
            .init(title: "Schulman et al. 2015, 50 million steps", value: Self.paperScore),
            .init(title: "random actions", value: Self.randomScore),
          ])
      )
    ]
  }

  var section: String {
    """
    ## Pong

    One run with the preset `atari`: the network of Schulman et al. 2015 (33,500 parameters with the whole joystick) on four
    frames of 52 × 40 pixels, a step being four frames, in as many steps as a core-hour allows. The paper's 20.9 took 500
    iterations of 100,000 steps, 50 million in all; nothing more than the numbers is claimed.

    \(Page.table(
      ["seed", "steps", "core-minutes", "score", "paper, 50 million steps", "random actions"],
      runs.map { run in
        [
          "\(run.seed)", "\(run.steps)", Page.number(run.processorSeconds / 60),
          Page.number(run.score), Page.number(Self.paperScore), Page.number(Self.randomScore),
        ]
      }, numbers: [0, 1, 2, 3, 4, 5]))

    \(Page.images(figures.map(\.name), in: "pixels"))

    \(Page.updates(runs.map { (["\($0.seed)"], [$0]) }, ["seed"]))
    """
  }
}
