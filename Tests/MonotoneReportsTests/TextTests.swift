import MonotoneArithmetic
import Foundation
import MDPGuarantees
import MDPVerification
import Testing

@testable import MonotoneReports

@Suite("Text")
struct TextTests {
  @Test(
    "Numbers have the digits that help",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (0.5, "0.5"), (-12.25, "-12.25"), (1.0 / 3, "0.333333"),
      (1.23e-12, "1.23e-12"), (4.7e9, "4.7e9"), (1e7, "1e7"), (123_456, "123456"),
      (.infinity, "∞"), (-.infinity, "-∞"), (.nan, "NaN"), (2.0 / 3 * 1e-5, "6.66667e-6"),
    ] as [(Double, String)])
  func numbers(value: Double, text: String) {
    #expect(NumberFormat.text(value) == text)
  }

  @Test("Quantities of every arithmetic read as numbers")
  func quantities() {
    #expect(NumberFormat.text(.exact("1/3", approximate: 1.0 / 3)) == "0.333333")
    #expect(NumberFormat.text(.enclosure(midpoint: 2.5, radius: 1.26e-12)) == "2.5 ± 1.3e-12")
    #expect(NumberFormat.text(.enclosure(midpoint: 2.5, radius: 0)) == "2.5")
    #expect(NumberFormat.text(.unknown) == "unknown")
    #expect(
      NumberFormat.text(.exact("5\(String(repeating: "0", count: 400))", approximate: nil))
        == "5e400")
    #expect(
      NumberFormat.text(.exact("-2\(String(repeating: "0", count: 400))/3", approximate: nil))
        == "-6.66667e399")
    #expect(NumberFormat.text(.negativeInfinity) == "-∞")
  }

  @Test("A printed bound is one: lower bounds are rounded downward, upper bounds upward")
  func bounds() {
    let third = Quantity.exact("1/3", approximate: 1.0 / 3)
    let expected: [(Quantity, String, String)] = [
      (third, "0.333333", "0.333334"),
      (.exact("-2/3", approximate: -2.0 / 3), "-0.666667", "-0.666666"),
      (.exact("1/4", approximate: 0.25), "0.25", "0.25"),
      (.exact("1999999999/1000", approximate: 1_999_999.999), "1.99999e6", "2e6"),
      (.enclosure(midpoint: 2.5, radius: 1e-12), "2.49999", "2.50001"),
      (.enclosure(midpoint: -2.5, radius: 1e-12), "-2.50001", "-2.49999"),
      (.enclosure(midpoint: 0, radius: 0.25), "-0.250001", "0.250001"),
      (.number(1.0 / 3), "0.333333", "0.333334"),
      (.infinity, "∞", "∞"), (.negativeInfinity, "-∞", "-∞"), (.unknown, "unknown", "unknown"),
    ]
    for (quantity, low, high) in expected {
      #expect(NumberFormat.bound(quantity, .down) == low)
      #expect(NumberFormat.bound(quantity, .up) == high)
      var result = Fixtures.result(Fixtures.bound, .holds)
      (result.bound, result.upperBound) = (quantity, quantity)
      #expect(result.lowerBoundText == low && result.upperBoundText == high)
    }
    #expect(NumberFormat.bound(1.01e-9, .up, digits: 2) == "1.1e-9")
    #expect(NumberFormat.bound(Double.infinity, .up, digits: 2) == "∞")
  }

  @Test("The headline states no change that float64 cannot decide")
  func undecidedHeadline() throws {
    var check = try Fixtures.check()
    (check.improved, check.guaranteed, check.isUnchanged) = (.undecided, .undecided, false)
    check.gain = .number(0.125)
    #expect(
      check.headline
        == "undecided, guarantee undecided: this arithmetic cannot tell how η changes; "
        + "use --arithmetic auto")
    check.gain = .unknown
    #expect(!check.headline.contains("η changes by"))
    check.gain = .enclosure(midpoint: 0.125, radius: 1)
    #expect(check.headline.contains("η changes by 0.125 ± 1.1, from"))
    (check.improved, check.gain) = (.holds, .number(0.125))
    #expect(check.headline.contains("η changes by 0.125, from"))
  }

  /// Both readings of the text hold the whole enclosure: its decimals, and the float64 numbers nearest
  /// to them.
  @Test("A printed enclosure holds", arguments: [1, 6, 17], [-1070, -300, -20, 0, 3, 400, 1020])
  func enclosures(digits: Int, exponent: Int) throws {
    var bits: UInt64 = 0x9E37_79B9_7F4A_7C15
    for width in stride(from: -70, through: 3, by: 1) {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let midpoint = Double(
        sign: width % 2 == 0 ? .plus : .minus, exponent: exponent,
        significand: 1 + Double(bits >> 12) * 0x1p-52)
      let radius = max(
        abs(midpoint) * Double(sign: .plus, exponent: width, significand: 1.7),
        .leastNonzeroMagnitude)
      let text = NumberFormat.enclosure(midpoint, radius, digits: digits)
      guard radius.isFinite else {
        #expect(text == "unknown")
        continue
      }
      let parts = text.components(separatedBy: " ± ")
      try #require(parts.count == 2, "\(text)")
      let decimals = try parts.map { try ExactNumber(parsing: $0).rational }
      let floats = try parts.map { Rational(finite: try #require(Double($0))) }
      for reading in [decimals, floats] {
        for end in [
          Rational(finite: midpoint) + Rational(finite: radius),
          Rational(finite: midpoint) - Rational(finite: radius),
        ] {
          #expect((reading[0] - end).magnitude <= reading[1], "\(midpoint) ± \(radius): \(text)")
        }
      }
      // Not wider than two digits of the radius and the last digit that float64 has make it.
      let most =
        (Rational(finite: radius) + Rational(finite: midpoint.ulp))
        * Rational(numerator: 3, denominator: 2)
      #expect(decimals[1] <= most, "\(midpoint) ± \(radius): \(text)")
    }
  }

  @Test("What a file states reads as it was written")
  func literals() {
    let certified: [(Double, String)] = [
      (0.9, "0.9"), (0.999_999_999, "0.999999999"), (0, "0"), (0.5, "0.5"), (1e-5, "1e-5"),
      (1.0 / 3, "0.3333333333333333"),
    ]
    for (value, text) in certified {
      #expect(NumberFormat.literal(.enclosure(midpoint: value, radius: 2.2e-17)) == text)
      #expect(NumberFormat.literal(.number(value)) == text)
    }
    #expect(NumberFormat.literal(.exact("1/3", approximate: 1.0 / 3)) == "1/3")
    #expect(NumberFormat.literal(.exact("9/10", approximate: 0.9)) == "0.9")
    #expect(
      NumberFormat.literal(.exact("999999999/1000000000", approximate: 0.999_999_999))
        == "0.999999999")
  }

  @Test(
    "Looseness near 1 keeps the digits that say how near",
    arguments: [(40.5, "40.5"), (1, "1"), (1 + 2.34e-6, "1 + 2.3e-6"), (1 - 5e-5, "1 - 5e-5")]
      as [(Double, String)])
  func looseness(value: Double, text: String) {
    #expect(Fixtures.result(Fixtures.bound, .holds, looseness: value).loosenessText == text)
  }

  @Test("Counts have their thousands apart")
  func counts() {
    #expect(
      [0, 999, 1000, 1_234_567, -12_345].map { NumberFormat.count($0) } == [
        "0", "999", "1,000", "1,234,567", "-12,345",
      ])
    #expect(NumberFormat.count(1, "model") == "1 model")
    #expect(NumberFormat.count(2, "model") == "2 models")
  }

  @Test("Widths are those of a terminal")
  func widths() {
    #expect("η(π̃)".displayWidth == 4)
    #expect("状態".displayWidth == 4)
    #expect("👩‍🚀x".displayWidth == 3)
    #expect("e\u{301}".displayWidth == 1)
  }

  @Test("Columns line up whatever the letters")
  func alignment() {
    var table = TextTable([.init("state"), .init("V", .right), .init("note")])
    table.add(["π̃", "1.5", "a"])
    table.add(["状態 ⚡️", "-12.25", "b"])
    table.add(["a\nb\u{1B}[31m", "0", ""])
    let lines = table.lines(indent: 2)
    #expect(lines.count == 5)
    // The end of the numbers is the same column in each line.
    let ends = lines.map { line -> Int? in
      for number in ["-12.25", "1.5", "V", "──────", "0"] {
        if let range = line.ranges(of: number).last {
          return String(line[..<range.upperBound]).displayWidth
        }
      }
      return nil
    }
    #expect(Set(ends).count == 1 && ends.first != nil)
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") && $0.hasPrefix("  ") })
    #expect(lines[4].contains("a\\nb\\u{1B}[31m"))
  }

  @Test("Text that reorders or breaks lines is written out, and joined emoji stay")
  func displayable() {
    #expect("a\u{202E}b\tc\u{2028}".displayable == "a\\u{202E}b\\tc\\u{2028}")
    #expect("👩‍🚀 é".displayable == "👩‍🚀 é")
  }

  @Test("A check says what happened, then what was verified, and names the claims that fail")
  func checkHeadline() throws {
    let good = CheckText.render(try Fixtures.check())
    // An infinite divergence leaves no claim out but those for other kinds of updates.
    #expect(good.hasPrefix("improved, not guaranteed: η changes by "))
    let headline = good.split(separator: "\n")[1]
    #expect(headline.hasPrefix("theory: holds: "))
    #expect(headline.hasSuffix(" (float64, not rigorous)"))
    #expect(good.contains("\nupdate uniform → greedy(uniform)\n"))
    #expect(good.contains("KL(π‖π̃), maximum"))

    let bad = try Fixtures.check([
      Fixtures.result(Fixtures.bound, .violated, margin: -1),
      Fixtures.result(Fixtures.identity, .undecided, assumption: "too inaccurate"),
    ])
    let text = CheckText.render(bad)
    #expect(
      text.contains("\ntheory: violated: 1 of 2 claims, 1 undecided: kl (float64, not rigorous)\n"))
    #expect(text.contains("performance-difference: too inaccurate"))
  }

  @Test("A check shows the share of each bound that the gap takes up")
  func attained() throws {
    let text = CheckText.render(
      try Fixtures.check([
        Fixtures.result(Fixtures.bound, .holds, looseness: 4),
        Fixtures.result(Fixtures.bound, .holds, looseness: 1 / (1 - 2e-6)),
        Fixtures.result(Fixtures.bound, .holds, margin: .infinity, looseness: .infinity),
        Fixtures.result(Fixtures.bound, .holds),
      ]))
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("kl ") }
      .map { $0.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) } }
    // After claim, verdict, margin and looseness.
    #expect(rows.map { $0[4] } == ["0.25", "1 - 2e-6", "0", "–"])
  }

  @Test("Headlines say what was checked and what did not apply")
  func headlines() {
    func headline(_ verdicts: [Verdict]) -> String {
      VerdictCounts(verdicts.map { Fixtures.result(Fixtures.bound, $0) }).headline("claim")
    }
    #expect(headline([]) == "nothing was checked")
    #expect(headline([.holds]) == "holds: 1 claim")
    #expect(headline([.holds, .holds]) == "holds: all 2 claims")
    #expect(headline([.holds, .notApplicable]) == "holds: 1 applicable claim, 1 not applicable")
    #expect(headline([.notApplicable]) == "not applicable: none of 1 claim applies")
    #expect(headline([.undecided, .holds]) == "undecided: 1 of 2 claims, none violated")
    #expect(
      headline([.undecided, .violated, .holds]) == "violated: 1 of 3 claims, 1 undecided")
  }

  @Test("A long solution is cut, and says so")
  func solution() throws {
    let solution = try Fixtures.solution()
    let whole = SolutionText.render(solution)
    #expect(whole.hasPrefix("discounted return 0.745342 of policy uniform (float64)\n"))
    #expect(whole.contains("(terminal)"))
    let cut = SolutionText.render(solution, stateLimit: 1)
    #expect(!cut.contains("warm"))
    #expect(cut.hasSuffix("… 2 more states; --json lists all\n"))
  }

  @Test("A verification lists bad rows with their commands, and weak counterexamples")
  func verification() throws {
    let text = try Fixtures.small().terminalText
    #expect(
      text.hasPrefix(
        "violated: 1 of 6 results, 1 undecided; not refuted: 1 of 2 false variants; "
          + "not shown: 1 of 2 examples of tightness (float64, not rigorous)\n"))
    let row = try #require(
      text.split(separator: "\n").first { $0.contains("between random policies") })
    for part in ["violated", "kl", "racing", "-0.25"] { #expect(row.contains(part), "\(part)") }
    #expect(text.contains("--candidate 'mix(0.1, uniform, greedy(uniform))'"))
    #expect(text.contains("1 of 2 refute") && text.contains("no: holds"))
    #expect(text.contains("2 examples for 1 bound, 0 of them equalities"))
    #expect(text.contains("shows nothing: the gap is 0"))
    // What did its work is not listed.
    #expect(!text.contains("kakade") && !text.contains("loose on"))
  }

  @Test("Refutations alone are headlined by what they refute")
  func refutation() throws {
    var verification = try Fixtures.small()
    verification.models = []
    verification.attainments = []
    verification.refutations.removeAll { !$0.refutes }
    let text = verification.terminalText
    let variant = try #require(verification.refutations.first).variant.id
    #expect(text.hasPrefix("refuted: the false variant \(variant) by "), "\(text)")
    #expect(!text.contains("nothing was checked") && !text.contains("0 models"))
  }
}
