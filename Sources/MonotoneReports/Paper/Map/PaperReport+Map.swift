internal import MDPGuarantees

extension PaperReport {
  /// Every numbered part of the paper with its place.
  var map: ReportSection {
    let figures = Set(document.experiments.flatMap(Self.charts).map(\.chart.name))
    return ReportSection(
      "Map",
      [
        .paragraph(
          """
          Parts are numbered as in the fifth arXiv version. Claims are checked on every update, with proof; \
          check --certificate FILE writes a certificate that Tools/check_certificate.py verifies alone.
          """)
      ]
        + PaperItem.Kind.allCases.map { kind in
          .table(
            ReportTable(
              kind.title, ["part", "content", "where"],
              PaperMap.all.filter { $0.kind == kind }.map { item in
                .init([.init(item.label), .init(item.content), Self.answer(item, figures)])
              }, limit: .max))
        })
  }

  /// Slips of the paper.
  static var slips: ReportSection {
    ReportSection(
      "Slips in the paper",
      [
        .paragraph("No result of the paper depends on any of these."),
        .table(
          ReportTable(
            "Slips", ["place", "printed", "mend"],
            PaperSlip.all.map { .init([.init($0.place), .init($0.printed), .init($0.mend)]) },
            limit: .max)),
      ])
  }

  /// The answers of an item, of which figures are measured once they are drawn.
  private static func answer(_ item: PaperItem, _ figures: Set<String>) -> RichText {
    let answers = item.answers.map { $0.text(figures) }
    return answers.dropFirst().reduce(answers.first ?? "–") { $0 + " " + $1 }
  }
}

extension PaperItem.Answer {
  fileprivate func text(_ figures: Set<String>) -> RichText {
    switch self {
    case .claims(let ids):
      ids.dropFirst().reduce("Proved: " + .code(ids[0])) { $0 + ", " + .code($1) } + "."
    case .command(let command): "Computed: " + .command(command) + "."
    case .figure(let name):
      (figures.contains(name) ? "Measured: " : "Not run yet: ") + .code("figures/\(name).svg") + "."
    case .remark(let text): .init(text)
    case .absent(let reason, let cost): .init("Not done: \(reason) It would take \(cost).")
    }
  }
}

extension PaperItem.Kind {
  fileprivate var title: String {
    switch self {
    case .equation: "Equations"
    case .theorem: "Theorem"
    case .proposition: "Proposition"
    case .algorithm: "Algorithm"
    case .table: "Tables"
    case .figure: "Figures"
    }
  }
}
