public import MonotoneArithmetic
internal import MonotoneProbability
public import MDPCore

extension Gen {
  /// Fractions p/q within −`limit` ... `limit` with q ≤ `denominator`; rounder ones are simpler.
  public static func rational(limit: Int = 10, denominator: Int = 100) -> Generator<Rational> {
    Generator(
      draw: { stream in
        let denominator = 1 + stream.integer(below: denominator)
        let bound = limit * denominator
        return Fraction(stream.integer(below: 2 * bound + 1) - bound, over: denominator)
      },
      simpler: { fraction in
        fraction.rounder(from: Fraction(-limit)).filter { $0 <= Fraction(limit) }
      }
    ).map(\.rational)
  }

  /// Distributions over `count` outcomes; fewer outcomes and rounder probabilities are simpler.
  public static func distribution(
    over count: Int, _ shape: DistributionShape = .any
  ) -> Generator<[Rational]> {
    Generator(draw: { shape.draw(count, &$0) }, simpler: { $0.simpler() }).map {
      $0.fractions.map(\.rational)
    }
  }

  /// Models.
  public static func mdp(
    _ configuration: ModelConfiguration = .init()
  ) -> Generator<MDPDocument> {
    drafts(configuration, step: .any, policies: 0).map(\.document)
  }

  /// Models with a policy.
  public static func policy(
    _ configuration: ModelConfiguration = .init()
  ) -> Generator<PolicyInput> {
    drafts(configuration, step: .any, policies: 1).map(PolicyInput.init(draft:))
  }

  /// Models with two policies.
  public static func policyUpdate(
    _ configuration: ModelConfiguration = .init(), step: PolicyStep = .any
  ) -> Generator<UpdateInput> {
    drafts(configuration, step: step, policies: 2).map(UpdateInput.init(draft:))
  }

  /// Models with a chain of policies, each a step from the one before; fewer steps are simpler.
  public static func updateSequence(
    _ configuration: ModelConfiguration = .init(), step: PolicyStep = .any,
    steps: ClosedRange<Int> = 1...5
  ) -> Generator<SequenceInput> {
    Generator(
      draw: { stream in
        let count = steps.lowerBound + stream.integer(below: steps.count)
        return draft(configuration, step: step, policies: count + 1, minimum: 2, &stream)
      },
      simpler: { $0.simpler() }
    ).map(SequenceInput.init(draft:))
  }

  /// Runs of a policy of up to `length` steps; fewer steps are simpler.
  public static func trajectory(
    _ configuration: ModelConfiguration = .init(), length: ClosedRange<Int> = 1...50
  ) -> Generator<TrajectoryInput> {
    zip(zip(policy(configuration), int(in: length)), int(in: 0...Int.max - 1)).map {
      TrajectoryInput(input: $0.0, length: $0.1, seed: UInt64($1))
    }
  }

  static func drafts(
    _ configuration: ModelConfiguration, step: PolicyStep, policies: Int
  ) -> Generator<ModelDraft> {
    Generator(
      draw: { draft(configuration, step: step, policies: policies, minimum: policies, &$0) },
      simpler: { $0.simpler() })
  }

  private static func draft(
    _ configuration: ModelConfiguration, step: PolicyStep, policies: Int, minimum: Int,
    _ stream: inout RandomStream
  ) -> ModelDraft {
    var models = ModelDrawing(configuration: configuration, stream: stream)
    var draft = models.draw()
    if let stride = configuration.extremeStride, models.integer(1...stride) == 1 {
      draft = models.extreme(draft)
    }
    var drawing = PolicyDrawing(stream: models.stream)
    draft.policyMinimum = minimum
    for index in 0..<policies {
      draft = draft.adding(
        index == 0
          ? drawing.policy(draft)
          : drawing.candidate(from: draft.rows(index - 1), draft, step: step))
    }
    stream = drawing.stream
    return draft
  }
}

/// The shape of a random distribution.
public enum DistributionShape: String, Sendable, CaseIterable {
  /// One of the others.
  case any
  /// Every outcome possible, none rare.
  case dense
  /// Some outcomes impossible.
  case sparse
  /// One outcome has nearly all the probability.
  case nearDegenerate = "near-degenerate"
  /// One outcome has all of it.
  case point

  func draw(_ count: Int, _ stream: inout RandomStream) -> Weights {
    precondition(count > 0, "no distribution over \(count) outcomes")
    switch self {
    case .any:
      let shapes = Self.allCases.filter { $0 != .any }
      return shapes[stream.integer(below: shapes.count)].draw(count, &stream)
    case .dense: return Weights((0..<count).map { _ in 1 + stream.integer(below: 20) })
    case .sparse:
      let taken = Set(stream.subset(of: count, count: 1 + stream.integer(below: count)))
      return Weights((0..<count).map { taken.contains($0) ? 1 + stream.integer(below: 20) : 0 })
    case .nearDegenerate:
      let favourite = stream.integer(below: count)
      return Weights((0..<count).map { $0 == favourite ? 1_000_000 : 1 })
    case .point: return .point(stream.integer(below: count), of: count)
    }
  }
}
