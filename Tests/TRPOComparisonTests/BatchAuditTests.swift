import MonotoneArithmetic
import MonotoneFiles
import TRPOComparison
import Foundation
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import TestSupport
import Testing

/// What batches say of an update, against numbers computed apart, in Python.
@Suite("Audits of batches", .tags(.slow))
struct BatchAuditTests {
  /// A case of `Tools/make_audit_batch_goldens.py`.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var mdp: String
    var before: [[Double]?]
    var after: [[Double]?]
    var expected: Expected
    var testDescription: String { name }

    struct Expected: Decodable {
      var rows: Int
      var trajectories: Int
      var impossibleRows: Int
      var unreachableRows: Int
      var surrogateGain: BatchEstimate?
      var exactSurrogateGain: Quantity
      var advantageScale: Quantity?
      var advantageCorrelation: Quantity?
      var advantageError: Quantity?
      var meanKL: BatchEstimate
      var stateDistance: Quantity
      var gradientCosine: Quantity?
    }
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../..").standardized

  private static var data: Data {
    get throws {
      try Data(contentsOf: root.appendingPathComponent("Tests/Goldens/audit/batches.json"))
    }
  }

  static let goldens = (try? JSONDecoder().decode([Golden].self, from: data)) ?? []

  @Test("There are some") func presence() { #expect(Self.goldens.count >= 6) }

  /// Dense solves here and there lose up to 1/(1 − γ) = 100 ulps of values up to 10³ times the
  /// advantages; the golden's gradients are differences, good to 1e-10.
  private static let tolerance = 1e-9

  private func expect(_ found: Quantity?, _ expected: Quantity?, _ what: String) {
    guard let found, let expected else {
      #expect(found == nil && expected == nil, "\(what): \(String(describing: found))")
      return
    }
    let (x, y) = (found.approximation, expected.approximation)
    #expect(
      x == y || y.isFinite && abs(x - y) <= Self.tolerance * max(1, abs(y)),
      "\(what): \(x), not \(y)")
  }

  @Test("Numbers are those that NumPy finds", arguments: goldens.indices)
  func golden(_ index: Int) throws {
    let golden = Self.goldens[index]
    let document = try MDPReader.read(
      InputBytes(path: Self.root.appendingPathComponent(golden.mdp).path))
    let cases = try #require(try JSONSerialization.jsonObject(with: Self.data) as? [[String: Any]])
    let batch = try BatchReader.read(
      InputBytes(
        Array(try JSONSerialization.data(withJSONObject: try #require(cases[index]["batch"]))),
        name: "batch"), for: document)
    func policy(_ rows: [[Double]?]) throws -> NamedPolicy {
      let text = String(decoding: try JSONEncoder().encode(rows), as: UTF8.self)
      return NamedPolicy(
        name: "p",
        policy: try PolicyLine(InputBytes("{\"probabilities\": \(text)}", name: "p"), for: document)
          .document.policy)
    }
    var configuration = UpdateAuditor.Configuration()
    configuration.isScreening = true
    let auditor = UpdateAuditor(PolicyEvaluator(document), configuration)
    try auditor.begin(with: try policy(golden.before))
    let audit = try auditor.next(try policy(golden.after), index: 1, batch: batch)
    let found = try #require(audit.batch)
    let expected = golden.expected
    #expect(found.rows == expected.rows && found.trajectories == expected.trajectories)
    #expect(found.impossibleRows == expected.impossibleRows)
    #expect(found.unreachableRows == expected.unreachableRows)
    #expect(found.isForeign == (expected.impossibleRows + expected.unreachableRows > 0))
    expect(found.surrogateGain?.value, expected.surrogateGain?.value, "surrogate gain")
    expect(
      found.surrogateGain?.standardError, expected.surrogateGain?.standardError,
      "error of the surrogate gain")
    expect(found.exactSurrogateGain, expected.exactSurrogateGain, "exact surrogate gain")
    expect(found.advantageScale, expected.advantageScale, "advantage scale")
    expect(found.advantageCorrelation, expected.advantageCorrelation, "correlation")
    expect(found.advantageError, expected.advantageError, "advantage error")
    expect(found.meanKL.value, expected.meanKL.value, "mean KL")
    expect(found.meanKL.standardError, expected.meanKL.standardError, "error of the mean KL")
    expect(found.stateDistance, expected.stateDistance, "state distance")
    expect(found.gradientCosine, expected.gradientCosine, "gradient cosine")
  }

  /// A state where it pays to stay with probability p, and an end: A = (r_a − p) + γ (V(s') − …).
  private static func stay(
    _ reward: String, _ batch: String, initial: String = "on", from: Rational = half
  ) throws -> BatchAudit {
    let document = try MDPReader.read(
      InputBytes(
        """
        {"schema": "monotone/mdp/v1", "name": "stay", "discount": 0.5,
         "states": ["on", "apart", "off"], "actions": ["stay", "leave"],
         "initial": {"\(initial)": 1}, "terminal": ["off"],
         "transitions": [
          {"from": "on", "action": "stay", "to": {"on": 1}, "reward": \(reward)},
          {"from": "on", "action": "leave", "to": {"off": 1}},
          {"from": "apart", "action": "stay", "to": {"apart": 1}}]}
        """, name: "stay.json"))
    func policy(_ stay: Rational) -> NamedPolicy {
      NamedPolicy(
        name: "p",
        policy: ExactPolicy(
          space: document.space, probabilities: [stay, Rational(1) - stay, Rational(1)]))
    }
    let auditor = UpdateAuditor(PolicyEvaluator(document))
    try auditor.begin(with: policy(from))
    let read = try BatchReader.read(
      InputBytes("{\"schema\": \"monotone/batch/v1\", \(batch)}", name: "batch"), for: document)
    let audit = try auditor.next(
      policy(Rational(numerator: 9, denominator: 10)), index: 1, batch: read)
    var summary = AuditSummary(budget: nil)
    summary.add(audit)
    let batch = try #require(audit.batch)
    #expect(summary.batches?.updates == 1)
    #expect(summary.batches?.foreign == (batch.isForeign ? 1 : 0))
    #expect(summary.batches?.lowestGradientCosine == batch.gradientCosine)
    return batch
  }

  private static let half = Rational(numerator: 1, denominator: 2)

  @Test("The closed form of two rows")
  func closedForm() throws {
    // p = 1/2: V = p/(1 − γp) = 2/3; A(stay) = 1 + V/2 − V = 2/3, A(leave) = −2/3. The only live state
    // that is visited has all of d.
    let batch = try Self.stay(
      "1", #""states": [0, "on"], "actions": ["stay", 1], "advantages": [2, -1], "weights": [1, 1]"#
    )
    #expect(batch.rows == 2 && batch.trajectories == 2 && !batch.isForeign)
    // Ratios 9/5 and 1/5: contributions 0.8 · 2 and −0.8 · −1, whose mean is 1.2, at 0.4 from both.
    let gain = try #require(batch.surrogateGain)
    #expect(abs(gain.value.approximation - 1.2) <= 1e-15)
    #expect(abs(gain.standardError.approximation - 0.4) <= 1e-15)
    #expect(abs(batch.exactSurrogateGain.approximation - (0.9 - 0.1) * 2 / 3) <= 1e-14)
    #expect(abs((batch.advantageScale?.approximation ?? 0) - 3 / (4.0 / 3)) <= 1e-14)
    #expect(abs((batch.advantageCorrelation?.approximation ?? 0) - 1) <= 1e-14)
    // √((16/9 + 1/9) / 2) over 2/3.
    #expect(abs((batch.advantageError?.approximation ?? 0) - (17.0 / 8).squareRoot()) <= 1e-14)
    #expect(batch.stateDistance.approximation == 0)
    #expect(batch.meanKL.standardError.approximation == 0)
    #expect(abs((batch.gradientCosine?.approximation ?? 0) - 1) <= 1e-15)
  }

  /// Those of ``closedForm()`` times a factor whose square float64 cannot hold.
  @Test("Advantages of any size", arguments: ["e200", "e-200"])
  func extreme(_ exponent: String) throws {
    let batch = try Self.stay(
      "1", "\"states\": [0, 0], \"actions\": [0, 1], \"advantages\": [2\(exponent), -1\(exponent)]")
    let factor = try #require(Double("1\(exponent)"))
    let scale = try #require(batch.advantageScale).approximation / factor
    #expect(abs(scale - 3 / (4.0 / 3)) <= 1e-14)
    #expect(abs((batch.advantageCorrelation?.approximation ?? 0) - 1) <= 1e-14)
    #expect(abs((batch.gradientCosine?.approximation ?? 0) - 1) <= 1e-15)
    // Of the tiny ones the exact ones are all that there is.
    let error = factor > 1 ? factor * (5.0 / 2).squareRoot() * 1.5 : 1
    #expect(abs((batch.advantageError?.approximation ?? 0) / error - 1) <= 1e-14)
  }

  @Test("Where nothing is to be told apart, nothing is said")
  func undefined() throws {
    // Staying pays as much as leaving: A = 0.
    let flat = try Self.stay(
      "0", #""states": [0, 0], "actions": [0, 1], "advantages": [1, 2]"#)
    #expect(flat.advantageScale == nil && flat.advantageCorrelation == nil)
    #expect(flat.advantageError == nil && flat.gradientCosine == nil)
    // Advantages that do not differ, as rounded as they are.
    let constant = try Self.stay(
      "1", #""states": [0, 0, 0], "actions": [0, 1, 1], "advantages": [0.1, 0.1, 0.1]"#)
    #expect(constant.advantageCorrelation == nil)
    #expect(abs(constant.advantageScale?.approximation ?? 1) <= 1e-15)
    // Rows of weight 0 say nothing; one trajectory does not say how trajectories differ.
    let single = try Self.stay(
      "1",
      #""states": [1, 0], "actions": [0, 0], "advantages": [5, 1], "weights": [0, 2], "trajectories": [3, 9]"#
    )
    #expect(single.rows == 1 && single.trajectories == 1 && !single.isForeign)
    #expect(single.surrogateGain?.standardError == .infinity)
  }

  @Test("Advantages of nothing but rounding are none")
  func rounding() throws {
    // Both actions lead to the same for 3/10, once as 1/3 · 0.1 + 2/3 · 0.4: A = 0, which float64 misses.
    let document = try MDPReader.read(
      InputBytes(
        """
        {"schema": "monotone/mdp/v1", "name": "same", "discount": 0.97, "states": 2, "actions": 2,
         "initial": [1, 0],
         "rewards": [[[0.3, 0.3], [0.1, 0.4]], [[0.7, 0.7], [0.7, 0.7]]],
         "transitions": [
          [["1/3", "2/3"], ["1/3", "2/3"]], [[0.1, 0.9], [0.1, 0.9]]]}
        """, name: "same.json"))
    let evaluation = try PolicyEvaluator(document).enclose(.uniform(document.space))
    try #require(evaluation.advantages.contains { $0.approximation != 0 })
    let auditor = UpdateAuditor(PolicyEvaluator(document))
    try auditor.begin(with: NamedPolicy(name: "0", policy: .uniform(document.space)))
    let batch = try auditor.next(
      NamedPolicy(name: "1", policy: .random(document.space, seed: 1)), index: 1,
      batch: SampleBatch(states: [0, 0, 1, 1], pairs: [0, 1, 2, 3], advantages: [1, 2, 4, 3])
    ).batch
    #expect(batch?.rows == 4)
    #expect(batch?.gradientCosine == nil && batch?.advantageScale == nil)
    #expect(batch?.advantageCorrelation == nil && batch?.advantageError == nil)
  }

  @Test("Rows that the policy cannot have made")
  func foreign() throws {
    let unreachable = try Self.stay(
      "1", #""states": [0, 1], "actions": [0, 0], "advantages": [1, 1]"#)
    #expect(unreachable.unreachableRows == 1 && unreachable.impossibleRows == 0)
    #expect(unreachable.isForeign && unreachable.surrogateGain != nil)
    let impossible = try Self.stay(
      "1", #""states": [0, 0], "actions": [0, 1], "advantages": [1, 1]"#, from: Rational(1))
    #expect(impossible.impossibleRows == 1 && impossible.surrogateGain == nil)
    #expect(impossible.isForeign)
    // Episodes that end where they begin: no live state has a share.
    let ended = try Self.stay(
      "1", #""states": [0, 0], "actions": [0, 1], "advantages": [1, -1]"#, initial: "off")
    #expect(ended.stateDistance.approximation == 1 && ended.unreachableRows == 2)
    #expect(ended.exactSurrogateGain.approximation == 0 && ended.gradientCosine == nil)
  }
}
