import MonotoneProbability
import MonotoneReports
import RunPages

/// Monotone and sb3-contrib on the games of MinAtar.
struct GameComparison {
  /// A game, with the runs of both programs.
  struct Task {
    var title: String
    var runs: [RunResult]
    var peers: [RunResult]

    /// The peer's processor time as a multiple of ours.
    var ratio: Double? {
      guard let ours = runs.minutes, let theirs = peers.minutes else { return nil }
      return theirs / ours
    }

    /// Whether our interquartile mean is not below the peer's; nil while one has no runs.
    var isReached: Bool? {
      guard let ours = runs.estimate, let theirs = peers.estimate else { return nil }
      return ours.value >= theirs.value
    }
  }

  let runs: [RunResult]
  let peers: [RunResult]
  let tasks: [Task]

  private static let seeds = 5
  private static let games = [
    ("minatar:breakout", "Breakout"), ("minatar:space_invaders", "Space Invaders"),
    ("minatar:asterix", "Asterix"),
  ]

  init(runs: [RunResult], peers: [RunResult]) {
    (self.runs, self.peers) = (runs, peers)
    tasks = Self.games.map { environment, title in
      Task(
        title: title, runs: runs.filter { $0.environment == environment },
        peers: peers.filter { $0.environment == environment })
    }
  }

  /// `12 of 15, sb3-contrib 5 of 15`.
  var progress: String {
    let count = Self.seeds * tasks.count
    return "\(runs.count) of \(count), sb3-contrib \(peers.count) of \(count)"
  }

  var figures: [(name: String, figure: LearningCurvesFigure)] {
    tasks.filter { !$0.runs.isEmpty || !$0.peers.isEmpty }.map { task in
      let curves = [("Monotone", task.runs), ("sb3-contrib", task.peers)].filter { !$0.1.isEmpty }
      return (
        task.title.replacing(" ", with: "-"),
        LearningCurvesFigure(
          title: task.title, caption: Page.curveCaption,
          curves: curves.map { Page.curve($0.0, $0.1) })
      )
    }
  }

  /// The steps of a run, as far as there are any.
  private var steps: String {
    let found = Set((runs + peers).map(\.steps)).sorted().map { "\($0)" }
    return found.isEmpty ? "as many" : found.joined(separator: " and ")
  }

  var section: String {
    """
    ## MinAtar

    Both programs train a network of the same shape, a convolution of 16 filters of 3 × 3 and 128 rectifiers, for
    \(steps) steps of the same games: the minimal set of actions, sticky actions with probability 0.1, growing
    difficulty, 16 environments, batches of 2,048 steps. Monotone has the preset `minatar`, which differs from its defaults
    in the damping, 0.01, chosen on Breakout with seeds 100 and 101; all else of sb3-contrib is its own default.
    A score is the mean return of 100 new episodes of sampled actions by the final policy: interquartile mean over seeds,
    with its 95 % bootstrap interval. Core-minutes are the mean of a run: Monotone's of the whole command with its Python
    worker, sb3-contrib's of `learn()` alone.

    \(Page.table(
      [
        "game", "Monotone", "sb3-contrib", "not below sb3-contrib", "core-minutes", "sb3-contrib",
        "ratio",
      ],
      tasks.map { task in
        [
          task.title, task.runs.estimate.map { Page.text($0) },
          task.peers.estimate.map { Page.text($0) }, task.isReached.map { $0 ? "met" : "MISSED" },
          task.runs.minutes.map { Page.number($0) }, task.peers.minutes.map { Page.number($0) },
          task.ratio.map { Page.number($0) },
        ]
      }, numbers: [1, 2, 4, 5, 6]))

    ### Every run

    \(Page.table(
      ["game", "program", "scores, seed by seed"],
      tasks.flatMap { task in
        [("Monotone", task.runs), ("sb3-contrib", task.peers)].map { program, runs in
          [task.title, program, runs.isEmpty ? nil : runs.listing]
        }
      }))

    ### Learning curves

    \(Page.images(figures.map(\.name), in: "pixels"))

    ### Updates

    Of Monotone's updates: the share that the line search rejected; and of those accepted, at 5, 50 and 95 %, the realised
    mean KL as a share of the trust region δ, and the realised gain of the surrogate as a share of the gain that its
    gradient predicts.

    \(Page.updates(tasks.map { ([$0.title], $0.runs) }, ["game"]))
    """
  }
}
