internal import Arithmetic
internal import Comparison

/// The tables of a comparison as cells of text, for the page and for the summary.
struct ComparisonTables {
  let document: ComparisonDocument

  static func text(_ value: Double?, digits: Int = 3) -> String {
    value.map { NumberFormat.text($0, digits: digits) } ?? "–"
  }

  /// What the updates came to, in a sentence.
  var headline: String {
    let summary = document.summary
    return
      "\(NumberFormat.count(summary.updates, "sampled update")): \(summary.guaranteed) guaranteed, "
      + "\(summary.improved) improved without a guarantee, \(summary.harmful) harmful"
      + (summary.unchanged > 0 ? ", \(summary.unchanged) unchanged" : "")
      + (summary.undecided > 0 ? ", \(summary.undecided) undecided" : "")
  }

  /// Facts about the run.
  var facts: [(name: String, value: String)] {
    let summary = document.summary
    var facts = [
      (
        "Model",
        "\(document.mdp.name), \(document.mdp.states) states, \(document.mdp.actions) actions"
      ),
      (
        "Training",
        document.settings.isEmpty ? "defaults" : document.settings.joined(separator: ", ")
      ),
      ("Optimal return", NumberFormat.text(document.optimalReturn)),
      ("Return before", NumberFormat.text(document.initialReturn)),
      (
        "Return after, sampled",
        Self.text(document.updates.last?.audit.returnCandidate.approximation, digits: 6)
      ),
      ("Return after, exact TRPO", Self.text(document.exactReturns.last, digits: 6)),
      ("Largest exact mean KL", NumberFormat.text(summary.largestMeanKL, digits: 3)),
      ("Largest exact max KL", NumberFormat.text(summary.largestMaxKL, digits: 3)),
      (
        "Claims",
        summary.withViolatedClaims > 0
          ? "violated on \(summary.withViolatedClaims) updates"
          : summary.withUndecidedClaims > 0
            ? "none violated; left open on \(summary.withUndecidedClaims) updates"
            : "all that apply hold, proved"
      ),
    ]
    if document.every > 1 { facts.append(("Recorded", "one update in \(document.every)")) }
    if let reason = document.updates.compactMap(\.practiceNotApplicable).first {
      facts.append(("Practice twin", "not applicable: \(reason)"))
    }
    if let reason = document.updates.compactMap({ $0.errors?.standardErrorsNotApplicable }).first {
      facts.append(("Standard errors", "not applicable: \(reason)"))
    }
    if let relativeNoise {
      facts.append(
        ("Gradient noise over its expected length, r.m.s.", Self.text(relativeNoise)))
    }
    return facts
  }

  static let ledgerColumns = [
    "#update", "mark", "#η", "#true gain", "#exact surrogate", "#predicted", "#sampled KL",
    "#mean KL", "#max KL", "#cosine", "#noise", "#bias", "#FVP error", "#angle", "#β / exact β",
    "tightest bound", "claims",
  ]

  /// A row an update.
  var ledger: [[String]] {
    document.updates.map { row in
      let audit = row.audit
      return [
        NumberFormat.count(row.iteration), audit.mark.rawValue,
        NumberFormat.text(audit.returnCandidate.approximation),
        NumberFormat.text(audit.gain.approximation, digits: 3),
        NumberFormat.text(audit.surrogateGain.approximation, digits: 3),
        Self.text(row.predictedGain), NumberFormat.text(row.sampledKL, digits: 3),
        NumberFormat.text(audit.liveMeanKL.approximation, digits: 3),
        NumberFormat.text(audit.maxKL.approximation, digits: 3),
        Self.text(row.theory.gradientCosine), Self.text(row.errors?.gradient?.noise),
        Self.text(row.errors?.gradient?.bias),
        Self.text(row.theory.fisherError),
        row.theory.directionAngle.map { "\(Self.text($0))°" } ?? "–",
        Self.text(row.theory.stepLength.map { row.stepLength / $0 }),
        audit.tightest.aPriori ?? "–", audit.worst.words,
      ]
    }
  }

  static let sweepColumns = [
    "estimator", "#noise at least N", "#at most N", "#bias", "#slope", "covers −½", "#mean / s.e.",
    "#limit", "zero mean",
  ]

  /// A row an estimator.
  var sweep: [[String]] {
    document.sweep?.curves.map { curve in
      [
        curve.name + (curve.isRatio ? " (ratio)" : ""), Self.text(curve.noise.first),
        Self.text(curve.noise.last), Self.text(curve.bias),
        "\(Self.text(curve.slope.slope)) ± \(Self.text(curve.slope.halfWidth, digits: 2))",
        !curve.isConclusive ? "–" : curve.slope.covers(-0.5) ? "yes" : "no",
        Self.text(curve.zeroMean.largest),
        Self.text(curve.zeroMean.limit),
        !curve.isConclusive
          ? "not applicable" : curve.zeroMean.passes ? "not refuted" : "refuted",
      ]
    } ?? []
  }

  /// What the ledger's columns mean.
  static let meaning = """
    Cosine, FVP error, angle and β are against the theory twin: exact expectations under d_π with A_π. \
    Noise is the gradient's distance from what the estimator expects, bias that expectation's distance \
    from the theory, both over the size of the theory's gradient. Guaranteed: a bound that needs no \
    solve of the new policy promised the improvement; harmful: the return fell, proved; unchanged: no \
    step was taken. The mean KL is that of live states under d_π.
    """
}
