import RunPages

// Writes LOCOMOTION.md and its figures from the result files of runs, and from nothing else.
//
//     locomotion-report [FOLDER]
//
// FOLDER holds `monotone/`, `sb3-contrib/` and `paper/`; the page is written beside it.

let folder = ReportFolder("locomotion-report", default: "Benchmarks/locomotion")
folder.attempt {
  let comparison = LocomotionComparison(
    runs: try folder.results("monotone"), peers: try folder.results("sb3-contrib"))
  let paper = PaperShape(runs: try folder.results("paper"))
  try folder.write(
    [Page.introduction(comparison, paper), comparison.section, paper.section],
    to: "LOCOMOTION.md", figures: comparison.figures + paper.figures)
}
