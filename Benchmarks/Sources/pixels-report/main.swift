import RunPages

// Writes PIXELS.md and its figures from the result files of runs, and from nothing else.
//
//     pixels-report [FOLDER]
//
// FOLDER holds `monotone/`, `sb3-contrib/` and `pong/`; the page is written beside it.

let folder = ReportFolder("pixels-report", default: "Benchmarks/pixels")
folder.attempt {
  let games = GameComparison(
    runs: try folder.results("monotone"), peers: try folder.results("sb3-contrib"))
  let pong = PongRun(runs: try folder.results("pong"))
  let introduction = """
    # Pixels

    `make pixels`, `make pixels-peer` and `make pong` make the runs and write this page from their result files in
    [`pixels/`](pixels). Runs so far: Monotone \(games.progress); Pong \(pong.runs.count) of 1.

    Versions: \(Page.versions(games.runs + games.peers + pong.runs)).
    """
  try folder.write(
    [introduction, games.section, pong.section], to: "PIXELS.md",
    figures: games.figures + pong.figures)
}
