import RunPages

extension Page {
  static func introduction(_ comparison: LocomotionComparison, _ paper: PaperShape) -> String {
    """
    # Locomotion

    `make locomotion`, `make locomotion-peer` and `make locomotion-paper` make the runs and write this page from
    their result files in [`locomotion/`](locomotion). Runs so far: Monotone \(comparison.progress); \
    the paper's shape \(paper.progress).

    Versions: \(versions(comparison.runs + comparison.peers + paper.runs)).
    """
  }
}
