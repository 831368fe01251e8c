import MonotoneProbability
import MonotoneReports
import RunPages

/// Monotone and sb3-contrib on the four robots.
struct LocomotionComparison {
  /// A robot, and how many times less processor time than the peer's is wanted.
  struct Task {
    var environment: String
    var speed: Double
    var runs: [RunResult]
    var peers: [RunResult]

    /// What both have so far; nil where one has no runs, or the peer no spread.
    var comparison: (estimate: StratifiedBootstrap.Estimate, mean: Double, spread: Double)? {
      guard let estimate = runs.estimate, !peers.isEmpty,
        let spread = SampleStatistics.standardDeviation(peers.scores)
      else { return nil }
      return (estimate, SampleStatistics.mean(peers.scores), spread)
    }

    /// The peer's processor time as a multiple of ours.
    var ratio: Double? {
      guard let ours = runs.minutes, let theirs = peers.minutes else { return nil }
      return theirs / ours
    }
  }

  let runs: [RunResult]
  let peers: [RunResult]
  let tasks: [Task]

  private static let seeds = 10
  private static let peerSeeds = 3

  init(runs: [RunResult], peers: [RunResult]) {
    (self.runs, self.peers) = (runs, peers)
    let speeds = [
      ("Swimmer-v5", 8.0), ("Hopper-v5", 5), ("Walker2d-v5", 5), ("HalfCheetah-v5", 8),
    ]
    tasks = speeds.map { environment, speed in
      Task(
        environment: environment, speed: speed,
        runs: runs.filter { $0.environment == environment },
        peers: peers.filter { $0.environment == environment })
    }
  }

  /// `12 of 40, sb3-contrib 5 of 12`.
  var progress: String {
    "\(runs.count) of \(Self.seeds * tasks.count), sb3-contrib \(peers.count) of "
      + "\(Self.peerSeeds * tasks.count)"
  }

  var figures: [(name: String, figure: LearningCurvesFigure)] {
    tasks.filter { !$0.runs.isEmpty || !$0.peers.isEmpty }.map { task in
      let curves = [("Monotone", task.runs), ("sb3-contrib", task.peers)].filter { !$0.1.isEmpty }
      return (
        task.environment,
        LearningCurvesFigure(
          title: task.environment, caption: Page.curveCaption,
          curves: curves.map { Page.curve($0.0, $0.1) })
      )
    }
  }

  /// The share of the peer's mean, over all tasks together; nil while one lacks runs.
  var together: StratifiedBootstrap.Estimate? {
    let shares = tasks.compactMap { task in
      task.comparison.map { comparison in task.runs.scores.map { $0 / comparison.mean } }
    }
    return shares.count == tasks.count ? StratifiedBootstrap(shares).estimate() : nil
  }
}
