/// The settings of Tables 2 and 3 beside those of this project.
enum PaperSettings {
  /// A setting: of the paper, and of this project.
  private struct Row {
    var name: String
    var cells: [String]

    init(_ name: String, _ cells: String...) { (self.name, self.cells) = (name, cells) }
  }

  /// Swimmer, hopper and walker of the paper, then of the preset locomotion-paper, then of make paper.
  private static let robots: [Row] = [
    .init("state dimensions", "10, 12, 20 (text: 18)", "10, 12, 18", "10, 12, 18"),
    .init("control dimensions", "2, 3, 6", "2, 3, 6", "2, 3, 6"),
    .init("hidden units", "30, 50, 50", "30, 50, 50", "30, 50, 50"),
    .init(
      "policy parameters", "364, 4806, 8206", "394, 806, 1262",
      "364 (no hidden bias), 806, 1262"),
    .init("activation", "not in the tables", "tanh", "tanh"),
    .init("steps per iteration", "50K, 1M, 1M", "50K", "10K"),
    .init("iterations", "200", "200", "100, 75, 75"),
    .init("δ", "0.01", "0.01", "swept: 0.003, 0.01, 0.03"),
    .init("discount", "0.99", "0.99", "0.99"),
    .init("conjugate-gradient iterations", "10", "10", "10"),
    .init("share of the batch for Fisher products", "0.1", "0.1", "0.1"),
    .init("critic, damping, normalised advantages", "none", "none", "none"),
    .init("vine: branch length", "50, 100, 100", "50, 100, 100", "50, 100, 100"),
    .init("vine: branches per state", "4", "4", "4"),
    .init("vine: values per batch", "500, 2500, 2500", "500, 2500, 2500", "see the commands"),
  ]

  /// Atari of the paper, and of the convolutional policy here.
  private static let games: [Row] = [
    .init("policy parameters", "33500", "33500"),
    .init("steps per iteration, single path", "100K", "see Benchmarks/PIXELS.md"),
    .init("steps per iteration, vine", "400K", "not run"),
    .init("iterations", "500", "as an hour allows"),
    .init("δ", "0.01", "0.01"),
    .init("discount", "0.99", "0.99"),
    .init("hours", "about 30 on 16 cores", "0.9 on one core"),
  ]

  static let section = ReportSection(
    "Settings",
    [
      .paragraph(
        """
        Table 2 prints settings and no scores; the learning curves of Figure 4 have no numbers beside them either. \
        Its one anchor: a score of −1 on hopper and walker is reached by standing still.
        """),
      .table(table("Robots (Table 2)", ["paper", "locomotion-paper", "make paper"], robots)),
      .table(table("Atari (Table 3)", ["paper", "Monotone"], games)),
    ])

  private static func table(_ label: String, _ columns: [String], _ rows: [Row]) -> ReportTable {
    ReportTable(
      label, (["setting"] + columns).map { .init($0) },
      rows.map { .init([.init($0.name)] + $0.cells.map { .init($0) }) }, limit: .max)
  }
}
