internal import MonotoneProbability

/// The paper's methods on finite models, with infinitely many samples and with some, as `Benchmarks/paper_finite.py`
/// measures them: all returns and divergences are exact.
public struct FiniteComparison: Sendable, Equatable, Codable {
  /// The name and version of the document.
  public static let schemaName = "monotone/paper-finite/v1"

  public var schema: String
  /// δ of the trust regions.
  public var delta: Double
  /// Updates of each run.
  public var updates: Int
  public var models: [Model]

  /// A model with all methods, from one policy.
  public struct Model: Sendable, Equatable, Codable {
    public var model: String
    public var states: Int
    /// η of the first policy.
    public var start: Double
    /// η of an optimal policy.
    public var optimum: Double
    public var methods: [Method]
  }

  /// A method on a model.
  public struct Method: Sendable, Equatable, Codable {
    public var method: String
    /// Update by update with infinitely many samples; nil where the method has no such form.
    public var exact: [Update]?
    /// With N samples an update.
    public var sampled: [Sampled]
  }

  /// Runs with one number of samples.
  public struct Sampled: Sendable, Equatable, Codable {
    /// N: environment steps of each update.
    public var samples: Int
    /// Seed by seed, update by update.
    public var runs: [[Update]]
  }

  /// An update as it really was.
  public struct Update: Sendable, Equatable, Codable {
    /// η after it.
    public var `return`: Double
    /// The mean KL under d_π; nil for +∞: an action was dropped.
    public var meanKL: Double?
    /// The largest KL of a state; nil for +∞.
    public var maxKL: Double?
    /// Whether a bound proved beforehand that it improves.
    public var isGuaranteed: Bool
    /// Whether it provably lowered the return.
    public var isHarmful: Bool
  }

  /// A method over all models with as many samples.
  public struct Summary: Sendable, Equatable, Codable {
    public var method: String
    /// N; nil for infinitely many.
    public var samples: Int?
    /// The models, and the updates on them.
    public var models: Int
    public var updates: Int
    /// The mean over models of the share of the way from the first policy's return to the optimum.
    public var progress: Double
    /// The median over updates of the mean KL, as a multiple of δ; nil for +∞.
    public var meanKL: Double?
    /// The median over updates of the largest KL of a state, as a multiple of δ; nil for +∞.
    public var maxKL: Double?
    public var guaranteed: Int
    public var harmful: Int
  }

  /// Every method with every number of samples, infinitely many first.
  public var summaries: [Summary] {
    var names: [String] = []
    for method in models.flatMap(\.methods) where !names.contains(method.method) {
      names.append(method.method)
    }
    let sizes = Set(models.flatMap(\.methods).flatMap(\.sampled).map(\.samples)).sorted()
    return names.flatMap { name in
      ([nil] + sizes.map { Optional($0) }).compactMap { summary(name, $0) }
    }
  }

  private func summary(_ name: String, _ samples: Int?) -> Summary? {
    var (progress, updates): ([Double], [Update]) = ([], [])
    for model in models {
      for method in model.methods where method.method == name {
        let runs =
          samples.map { size in method.sampled.filter { $0.samples == size }.flatMap(\.runs) }
          ?? method.exact.map { [$0] } ?? []
        guard !runs.isEmpty, model.optimum > model.start else { continue }
        updates += runs.joined()
        // A rule that ends early stays where it is.
        progress.append(
          SampleStatistics.mean(
            runs.map { run in
              ((run.last?.return ?? model.start) - model.start) / (model.optimum - model.start)
            }))
      }
    }
    guard !updates.isEmpty else { return nil }
    func median(_ value: (Update) -> Double?) -> Double? {
      let found = SampleStatistics.quantile(0.5, of: updates.map { value($0) ?? .infinity })
      return found.isFinite ? found / delta : nil
    }
    return Summary(
      method: name, samples: samples, models: progress.count, updates: updates.count,
      progress: SampleStatistics.mean(progress), meanKL: median(\.meanKL), maxKL: median(\.maxKL),
      guaranteed: updates.count(where: \.isGuaranteed), harmful: updates.count(where: \.isHarmful))
  }
}
