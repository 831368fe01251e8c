import Foundation
import FromSwift
import MDPVerification
import MonotoneArithmetic
import Testing

/// Each job on the racing car, whose values are known in closed form.
///
/// With V(cool) = c and V(warm) = w, γ = 9/10:
/// the uniform policy has c = 3/2 + 9/10 (3/4 c + 1/4 w) and w = −19/4 + 9/40 (c + w), hence c = 75/161;
/// always slow has c = 1 + 9/10 c, hence c = 10;
/// the optimal policy (fast when cool, slow when warm) has c = 2 + 9/20 (c + w) and
/// w = 1/2 + 9/20 (c + w), hence c = 53/4.
struct FromSwiftTests {
  static let racing = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../mdps/racing.json").standardized.path
  static let uniformReturn = 75.0 / 161
  static let slowReturn = 10.0
  static let optimalReturn = 53.0 / 4

  let folder = FileManager.default.temporaryDirectory
    .appending(path: "FromSwift-\(UUID().uuidString)").path

  func report(_ name: String) -> String { folder + "/" + name }

  func hasFile(_ name: String) -> Bool { FileManager.default.fileExists(atPath: report(name)) }

  @Test("A policy is solved exactly")
  func solves() throws {
    #expect(
      try exactReturn(of: "uniform", in: Self.racing) == Rational(numerator: 75, denominator: 161))
    #expect(
      try exactReturn(of: "optimal", in: Self.racing) == Rational(numerator: 53, denominator: 4))
  }

  @Test("An update is checked and reported")
  func checks() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let check = try check(Self.racing, reportTo: folder)
    #expect(check.worst == .holds)
    #expect(check.improved == .holds)
    // max KL is infinite, so that no bound from KL can guarantee anything.
    #expect(check.guaranteed == .violated)
    #expect(abs(check.gain.approximation - (Self.slowReturn - Self.uniformReturn)) < 1e-12)
    #expect(hasFile("check.json") && hasFile("index.html"))
  }

  @Test("Policy iteration ends at the optimum")
  func improves() throws {
    let document = try improve(Self.racing)
    #expect(document.hasConverged)
    #expect(document.worst == .holds)
    let policy = try LoadedModel(Self.racing).evaluator.solveExactly(document.policy)
    #expect(policy.expectedReturn == Rational(numerator: 53, denominator: 4))
  }

  @Test("A model is verified and reported")
  func verifies() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let verification = try verify([Self.racing], reportTo: folder)
    #expect(verification.worst == .holds)
    let model = try #require(verification.models.first)
    #expect(abs(model.optimalReturn.approximation - Self.optimalReturn) < 1e-12)
    #expect(abs(model.uniformReturn.approximation - Self.uniformReturn) < 1e-12)
    #expect(hasFile("verification.json") && hasFile("index.html"))
  }

  @Test("Sampled updates are compared with exact values and reported")
  func compares() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let document = try compare(Self.racing, updates: 2, reportTo: folder)
    try #require(document.updates.count == 2)
    #expect(document.worst == .holds)
    #expect(abs(document.optimalReturn - Self.optimalReturn) < 1e-12)
    // Each update begins with the policy that the one before led to.
    #expect(
      document.updates[0].audit.returnCandidate == document.updates[1].audit.returnCurrent)
    #expect(hasFile("comparison.json") && hasFile("index.html"))
  }

  @Test("Updates of named policies are audited and reported")
  func audits() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let document = try audit(
      ["uniform", "greedy(uniform)", "optimal", "uniform"], of: Self.racing, delta: 0.02,
      reportTo: folder)
    let returns = [Self.uniformReturn, Self.slowReturn, Self.optimalReturn, Self.uniformReturn]
    for (update, (before, after)) in zip(document.updates, zip(returns, returns.dropFirst())) {
      #expect(abs(update.gain.approximation - (after - before)) < 1e-12)
    }
    #expect(document.summary.updates == 3)
    #expect(document.summary.harmful == 1)
    #expect(hasFile("audit.json") && hasFile("index.html"))
  }

  @Test("Theorems hold on random updates")
  func fuzzes() {
    let result = fuzz(cases: 64)
    #expect(result.cases == 64)
    #expect(!result.isViolated)
  }

  @Test("A false claim is refuted, a theorem is not")
  func falsifies() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let wrong = try falsify("returnCandidate >= surrogate", keepingIn: folder)
    #expect(wrong.counterexample != nil)
    let theorem = try falsify(
      """
      returnCandidate >= surrogate - 4 * maxAdvantage * discount / (1 - discount)^2 \
      * maxTotalVariation^2
      """, keepingIn: folder)
    #expect(theorem.counterexample == nil)
  }

  @Test("Training comes nearer to the optimum, and leaves a run that can be continued")
  func trains() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let policy = try #require(try train(Self.racing, steps: 100_000, in: folder))
    let value = try LoadedModel(Self.racing).evaluator.solveExactly(policy).expectedReturn
    #expect(value > Rational(10) && value <= Rational(numerator: 53, denominator: 4))
    #expect(hasFile("checkpoints") && hasFile("config.json"))
  }
}
