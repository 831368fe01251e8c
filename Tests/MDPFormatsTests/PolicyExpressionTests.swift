import MonotoneArithmetic
import TestSupport
import Testing

@testable import MDPFormats

@Suite("Policy arguments")
struct PolicyExpressionTests {
  static let half = ExactNumber(numerator: 1, denominator: 2)

  static let forms: [(String, PolicyExpression)] = [
    ("uniform", .uniform), (" optimal ", .optimal), ("p.json", .file("p.json")), ("-", .file("-")),
    ("greedy(uniform)", .greedy(.uniform)), ("greedy( p.json )", .greedy(.file("p.json"))),
    ("random(7)", .random(seed: 7)), ("random(18446744073709551615)", .random(seed: .max)),
    ("mix(0.5, uniform, optimal)", .mix(weight: half, .uniform, .optimal)),
    (
      "mix(1/2,p.json,greedy(mix(0, -, optimal)))",
      .mix(
        weight: half, .file("p.json"), .greedy(.mix(weight: ExactNumber(0), .file("-"), .optimal)))
    ),
    ("./uniform", .file("./uniform")), ("uniform.json", .file("uniform.json")),
    ("a b/c,d (1).json", .file("a b/c,d (1).json")), ("\"uniform\"", .file("uniform")),
    ("greedy(\"a, (b) \\\"c\\\" \\\\.json\")", .greedy(.file("a, (b) \"c\" \\.json"))),
    ("my policy.json", .file("my policy.json")), ("./mix(1).json", .file("./mix(1).json")),
    ("greedy (optimal)", .greedy(.optimal)), ("mix.json", .file("mix.json")),
  ]

  @Test("What they mean, and that they read back", arguments: forms)
  func parsing(_ text: String, _ expected: PolicyExpression) throws {
    #expect(try PolicyExpression(text) == expected)
    #expect(try PolicyExpression(expected.description) == expected)
  }

  @Test(
    "Any path reads back, alone and nested",
    arguments: [
      "", " ", "a", "greedy", "random(1)", "a\"b", "\\", "é ", "optimal", "(", "a)b", "x,y",
    ])
  func paths(_ path: String) throws {
    for expression in [
      .file(path), .greedy(.file(path)), .mix(weight: half, .file(path), .file(path)),
    ] as [PolicyExpression] {
      #expect(try PolicyExpression(expression.description) == expression)
    }
  }

  private let half = Self.half

  @Test(
    "Faults, with a mark at the column",
    arguments: [
      ("▶", "expected a policy"), ("mix▶", "expected `(` after `mix`"),
      ("greedy(▶)", "expected a policy"),
      ("greedy(uniform▶", "expected `)`"), ("greedy(uniform▶, optimal)", "expected `)`"),
      ("uniform▶(1)", "takes no arguments"), ("random(▶)", "expected a seed"),
      ("random(▶-1)", "expected a seed"), ("random(▶18446744073709551616)", "expected a seed"),
      ("mix(▶2, uniform, optimal)", "from 0 to 1"), ("mix(▶-0.1, uniform, optimal)", "from 0 to 1"),
      ("mix(▶x, uniform, optimal)", "not a number"), ("mix(0.5▶)", "expected `,` after the weight"),
      ("mix(0.5, uniform▶)", "expected `,` after the first policy"),
      ("mix(0.5, uniform, optimal▶, p)", "expected `)`"),
      ("greedy(uniform)▶x", "nothing after this"),
      ("greedy(▶\"p.json)", "never closed"), ("\"a\"▶b", "nothing after this"),
      ("greedy(\"a\\▶n\")", "after `\\` in quotes"), ("greedy(a▶(b).json)", "double quotes"),
    ])
  func faults(_ marked: String, _ words: String) {
    let marked = MarkedText(marked)
    do {
      let expression = try PolicyExpression(marked.text)
      Issue.record("read as \(expression)")
    } catch {
      #expect("1:\(error.column)" == marked.places.first)
      #expect(error.message.contains(words), "\(error.message)")
      let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 3)
      #expect(lines.last?.count == error.column + 2)
      #expect(lines.last?.last == "^")
    }
  }

  @Test("Nesting is limited")
  func nesting() {
    let deep = String(repeating: "greedy(", count: 100_000)
    #expect(throws: PolicyExpressionError.self) { try PolicyExpression(deep) }
  }
}
