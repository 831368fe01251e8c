import MonotoneProbability
import RunPages

extension LocomotionComparison {
  var section: String {
    """
    ## A million steps

    A score is the mean return of 100 episodes of most likely actions by the final policy. Monotone, with the preset
    `locomotion`: interquartile mean over seeds, with its 95 % bootstrap interval. sb3-contrib's TRPO, with the settings of
    RL Baselines3 Zoo, one thread: mean ± standard deviation over seeds. Core-minutes are the mean of a run: Monotone's
    of the whole command, sb3-contrib's of `learn()` alone.

    \(scores)\(shares)

    ### What is wanted

    \(goals)

    \(count)

    ### Every run

    \(everyRun)

    ### Learning curves

    \(Page.images(figures.map(\.name), in: "locomotion"))

    ### Updates

    Of Monotone's updates: the share that the line search rejected; and of those accepted, at 5, 50 and 95 %, the realised
    mean KL as a share of the trust region δ, and the realised gain of the surrogate as a share of the gain that its
    gradient predicts.

    \(Page.updates(tasks.map { ([$0.environment], $0.runs) }, ["task"]))
    """
  }

  private var scores: String {
    Page.table(
      ["task", "Monotone", "sb3-contrib", "core-minutes", "sb3-contrib", "ratio"],
      tasks.map { task in
        [
          task.environment, task.runs.estimate.map { Page.text($0) }, Self.spread(task.peers),
          task.runs.minutes.map { Page.number($0) }, task.peers.minutes.map { Page.number($0) },
          task.ratio.map { Page.number($0) },
        ]
      }, numbers: [1, 2, 3, 4, 5])
  }

  private static func spread(_ peers: [RunResult]) -> String? {
    guard !peers.isEmpty else { return nil }
    let mean = Page.number(SampleStatistics.mean(peers.scores))
    return SampleStatistics.standardDeviation(peers.scores).map { "\(mean) ± \(Page.number($0))" }
      ?? mean
  }

  private var shares: String {
    guard let together else { return "" }
    return
      "\n\nScores as shares of sb3-contrib's mean on the task, all tasks together (runs resampled within tasks): "
      + "\(Page.text(together, digits: 2))."
  }

  private var goals: String {
    let verdict = { (holds: Bool) in holds ? "met" : "MISSED" }
    return Page.table(
      [
        "task", "not below sb3-contrib's mean by more than its spread", "above its mean",
        "times less processor time",
      ],
      tasks.map { task in
        [
          task.environment,
          task.comparison.map { verdict($0.estimate.value >= $0.mean - $0.spread) },
          task.comparison.map { $0.estimate.value > $0.mean ? "yes" : "no" },
          task.ratio.map {
            "\(Page.number($0)), at least \(Page.number(task.speed, digits: 0)): "
              + verdict($0 >= task.speed)
          },
        ]
      })
  }

  private var count: String {
    let known = tasks.compactMap(\.comparison)
    guard known.count == tasks.count else {
      return "Above sb3-contrib's mean on most tasks: open, \(tasks.count - known.count) of "
        + "\(tasks.count) tasks lack runs."
    }
    let above = known.count { $0.estimate.value > $0.mean }
    return "Above sb3-contrib's mean on most tasks: \(above) of \(tasks.count), "
      + (2 * above > tasks.count ? "met." : "MISSED.")
  }

  private var everyRun: String {
    Page.table(
      ["task", "program", "scores, seed by seed"],
      tasks.flatMap { task in
        [("Monotone", task.runs), ("sb3-contrib", task.peers)].map { program, runs in
          [task.environment, program, runs.isEmpty ? nil : runs.listing]
        }
      })
  }
}
