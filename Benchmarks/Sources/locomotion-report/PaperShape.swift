import MonotoneReports
import RunPages

/// The experiments of Schulman et al. 2015: 200 iterations of 50,000 steps, single path and vine.
struct PaperShape {
  /// The runs of one robot and one estimator.
  struct Row {
    var environment: String
    var estimator: String
    var runs: [RunResult]
    var standing: RunResult.Standing? { runs.compactMap(\.standing).first }
  }

  let runs: [RunResult]
  let rows: [Row]

  private static let seeds = [("Swimmer-paper", 3), ("Hopper-paper", 2)]
  private static let estimators = [("single-path", "single path"), ("vine", "vine")]

  init(runs: [RunResult]) {
    self.runs = runs
    rows = Self.seeds.flatMap { environment, _ in
      Self.estimators.map { estimator, name in
        Row(
          environment: environment, estimator: name,
          runs: runs.filter { $0.environment == environment && $0.estimator == estimator })
      }
    }
  }

  var progress: String {
    "\(runs.count) of \(Self.estimators.count * Self.seeds.reduce(0) { $0 + $1.1 })"
  }

  var figures: [(name: String, figure: LearningCurvesFigure)] {
    Self.seeds.compactMap { environment, _ in
      let rows = rows.filter { $0.environment == environment && !$0.runs.isEmpty }
      guard !rows.isEmpty else { return nil }
      return (
        environment,
        LearningCurvesFigure(
          title: environment, caption: Page.curveCaption,
          curves: rows.map { Page.curve($0.estimator, $0.runs) },
          references: rows.compactMap(\.standing).prefix(1).map {
            .init(title: "standing still", value: $0.best)
          })
      )
    }
  }

  var section: String {
    """
    ## The paper's shape

    Swimmer and Hopper as in Schulman et al. 2015: 200 iterations of 50,000 steps with the preset `locomotion-paper`.
    Standing still earns the greater of the mean return of zero actions and of what a robot earns that neither moves nor
    falls. A run has a forward gait if its score is beyond that by more than what one metre of advance earns.

    \(gaits)

    \(Page.images(figures.map(\.name), in: "locomotion"))

    \(Page.updates(
      rows.map { ([$0.environment, $0.estimator], $0.runs) }, ["task", "estimator"]))
    """
  }

  private var gaits: String {
    Page.table(
      [
        "task", "estimator", "zero actions", "standing still", "forward gait beyond",
        "scores, seed by seed",
        "core-minutes", "forward gait",
      ],
      rows.map { row in
        let standing = row.standing
        return [
          row.environment, row.estimator, standing.map { Page.number($0.zeroActions) },
          standing.map { Page.number($0.best) }, standing.map { Page.number($0.gait) },
          row.runs.isEmpty ? nil : row.runs.listing, row.runs.minutes.map { Page.number($0) },
          standing.map { standing in
            Self.verdict(row.runs.count { $0.score > standing.gait }, row.runs.count)
          },
        ]
      }, numbers: [2, 3, 4, 6])
  }

  private static func verdict(_ reached: Int, _ count: Int) -> String {
    reached == 0
      ? "not reached" : reached == count ? "reached" : "reached by \(reached) of \(count)"
  }
}
