import MonotoneArithmetic
import Foundation
import MDPCore
import MDPFormats
import MDPSolvers
import MDPTesting
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPGuarantees

/// What a certificate says, and that `Tools/check_certificate.py` accepts it: the two
/// implementations share nothing but the theory.
@Suite("Certificates", .tags(.slow))
struct CertificateTests {
  /// An update and the files that state it.
  struct Case: Sendable, CustomStringConvertible {
    var description: String
    /// The model: a file of the package, or a Garnet model.
    var mdp: Model
    /// π and π̃.
    var policies: @Sendable (MDPDocument, PolicyEvaluator) throws -> [ExactPolicy]

    enum Model: Sendable {
      case file(String)
      case garnet(GarnetConfiguration)
    }
  }

  private static func mixture(_ weight: String)
    -> @Sendable (MDPDocument, PolicyEvaluator) throws
    -> [ExactPolicy]
  {
    { document, evaluator in
      let uniform = ExactPolicy.uniform(document.space)
      let greedy = try evaluator.evaluate(uniform).greedyPolicy
      return [
        uniform, uniform.mixed(with: greedy, weight: try ExactNumber(parsing: weight).rational),
      ]
    }
  }

  private static func random(_ document: MDPDocument, _ evaluator: PolicyEvaluator) throws
    -> [ExactPolicy]
  {
    [ExactPolicy.random(document.space, seed: 1), ExactPolicy.random(document.space, seed: 2)]
  }

  /// The updates; each shows something that no other does. More, read from every form of file,
  /// stand in `Tests/Certificates`.
  static let cases: [Case] = [
    Case(
      description: "racing: a terminal state, r(s,a,s')", mdp: .file("mdps/racing.json"),
      policies: mixture("1/10")),
    Case(
      description: "racing to greedy: an infinite divergence", mdp: .file("mdps/racing.json"),
      policies: mixture("1")),
    Case(
      description: "frozen-lake-4x4: terminals and improvement everywhere",
      mdp: .file("mdps/frozen-lake-4x4.json"), policies: mixture("1/1000")),
    Case(
      description: "kakade-2003: equality in a bound", mdp: .file("mdps/kakade-2003.json"),
      policies: { document, _ in
        let stay = ExactPolicy.deterministic(document.space) {
          document.space.pairs(of: $0).lowerBound
        }
        let go = ExactPolicy.deterministic(document.space) {
          document.space.pairs(of: $0).lowerBound + 1 - $0
        }
        return [stay, stay.mixed(with: go, weight: Rational(numerator: 1, denominator: 4))]
      }),
    Case(
      description: "a policy to itself: every width is 0", mdp: .file("mdps/bandit.json"),
      policies: { document, _ in
        let policy = ExactPolicy.random(document.space, seed: 3)
        return [policy, policy]
      }),
    Case(
      description: "a tiny step: divergences of 1e-40", mdp: .file("mdps/two-state-chain.json"),
      policies: mixture("1e-20")),
    Case(
      description: "r(s,a,s'), γ < 2/3",
      mdp: .garnet(
        GarnetConfiguration(
          states: 7, actions: 3, branching: 3, seed: 5,
          discount: ExactNumber(numerator: 1, denominator: 3), rewards: .transition)),
      policies: random),
    Case(
      description: "r(s), sparse, γ = .95",
      mdp: .garnet(
        GarnetConfiguration(states: 20, actions: 2, branching: 2, seed: 6, rewards: .state)),
      policies: random),
    Case(
      description: "γ = 0: every bound is 0, whatever the divergence",
      mdp: .garnet(
        GarnetConfiguration(
          states: 5, actions: 3, branching: 2, seed: 7, discount: ExactNumber(0))),
      policies: mixture("1")),
    Case(
      description: "γ = 1 − 1e-9",
      mdp: .garnet(
        GarnetConfiguration(
          states: 6, actions: 2, branching: 3, seed: 8,
          discount: ExactNumber(numerator: 999_999_999, denominator: 1_000_000_000))),
      policies: random),
    Case(
      description: "101 states: the chain's memory is left out",
      mdp: .garnet(
        GarnetConfiguration(
          states: 101, actions: 2, branching: 1, seed: 10,
          discount: ExactNumber(numerator: 1, denominator: 2))),
      policies: mixture("1/2")),
    Case(
      description: "one action: no advantage, no bound but 0",
      mdp: .garnet(GarnetConfiguration(states: 4, actions: 1, branching: 2, seed: 9)),
      policies: random),
  ]

  @Test("The independent checker accepts", arguments: cases)
  func accepted(_ example: Case) throws {
    try TemporaryFiles.with { folder in
      let files = try CertificateFiles(example, in: folder)
      let result = try files.check()
      #expect(result.status == 0, "\(result.errors)")
    }
  }

  @Test("The committed certificates are what is written, and are accepted")
  func committed() throws {
    let folder = Golden.root.appendingPathComponent("Tests/Certificates")
    let models = try JSONDecoder().decode(
      [String: String].self,
      from: Data(contentsOf: folder.appendingPathComponent("models.json")))
    #expect(models.count >= 13)
    for (name, model) in models {
      let files = CertificateFiles(
        mdp: Golden.root.appendingPathComponent(model),
        current: folder.appendingPathComponent("\(name).current.policy.json"),
        candidate: folder.appendingPathComponent("\(name).candidate.policy.json"),
        certificate: folder.appendingPathComponent("\(name).certificate.json"))
      let written = try files.read()
      let stated = try JSONDecoder().decode(
        Certificate.self, from: Data(contentsOf: files.certificate))
      #expect(written == stated)
      #expect(try files.check().status == 0)
    }
  }

  @Test("Where a bound is attained, the certificate says that its margin is exactly 0")
  func equality() throws {
    let folder = Golden.root.appendingPathComponent("Tests/Certificates")
    func certificate(_ name: String) throws -> Certificate {
      try JSONDecoder().decode(
        Certificate.self,
        from: Data(contentsOf: folder.appendingPathComponent("\(name).certificate.json")))
    }
    #expect(try certificate("coupling-family").claims["coupling"]?.margin == .exact("0"))
    let kakade = try certificate("kakade-2003")
    for id in ["coupling-span", "conservative-mixture-2002"] {
      #expect(kakade.claims[id]?.margin == .exact("0"))
      #expect(kakade.claims[id]?.verdict == .holds)
    }
  }

  @Test("Beyond 100 states the chain's memory is left out, and says so")
  func size() throws {
    let document = Garnet.generate(
      GarnetConfiguration(states: 101, actions: 1, branching: 1, seed: 1))
    let evaluation = try PolicyEvaluator(document).solveExactly(.uniform(document.space))
    let certificate = try Certificate(PolicyUpdate(current: evaluation, candidate: evaluation))
    for id in ["resolvent-ergodicity", "dobrushin"] {
      #expect(
        certificate.claims[id] == CertifiedClaim(verdict: .notApplicable, assumption: "size"))
    }
  }

  /// `Tools/test_check_certificate.py`: every number, verdict and entry of a certificate changed.
  @Test("The checker rejects whatever is changed")
  func tampered() throws {
    let result = try Python.run(["Tools/test_check_certificate.py", "--quiet"])
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test("A number's cell holds it and has 60 digits")
  func cells() throws {
    let digits = Rational(finite: Double(sign: .plus, exponent: 59, significand: 1))
    let texts = [
      "1/3", "-1/3", "1e-400", "-1e400", "12345678901234567890123/7", "-1/1048577",
      // Just below and above a power of two.
      "49999999999999999999999999999/100000000000000000000000000000",
      "50000000000000000000000000001/100000000000000000000000000000",
    ]
    for text in texts {
      let number = try ExactNumber(parsing: text).rational
      let cell = try #require(DyadicCell(containing: Ball(number)))
      #expect(cell.lower < number && number < cell.upper)
      let count =
        Rational.maximum(cell.lower.magnitude, cell.upper.magnitude) / (cell.upper - cell.lower)
      #expect(digits < count && count <= digits + digits)
    }
    #expect(DyadicCell(containing: Ball(midpoint: 0, radius: 1e-300)) == nil)
    #expect(DyadicCell(containing: Ball(midpoint: 1, radius: 1e-10)) == nil)
  }
}

/// The four files that the checker reads.
struct CertificateFiles {
  var mdp: URL
  var current: URL
  var candidate: URL
  var certificate: URL

  init(mdp: URL, current: URL, candidate: URL, certificate: URL) {
    (self.mdp, self.current, self.candidate, self.certificate) = (
      mdp, current, candidate, certificate
    )
  }

  /// Writes the files of an update.
  init(_ example: CertificateTests.Case, in folder: URL) throws {
    let document: MDPDocument
    switch example.mdp {
    case .file(let path):
      mdp = Golden.root.appendingPathComponent(path)
      document = try MDPReader.read(InputBytes(path: mdp.path))
    case .garnet(let configuration):
      mdp = folder.appendingPathComponent("model.json")
      document = Garnet.generate(configuration)
      try Data(MDPWriter.write(document).utf8).write(to: mdp)
    }
    let policies = try example.policies(document, PolicyEvaluator(document))
    (current, candidate, certificate) = (
      folder.appendingPathComponent("current.json"),
      folder.appendingPathComponent("candidate.json"),
      folder.appendingPathComponent("certificate.json")
    )
    for (policy, file) in zip(policies, [current, candidate]) {
      try Data(PolicyWriter.write(policy, mdp: document.name).utf8).write(to: file)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(try read()).write(to: certificate)
  }

  /// The certificate that the toolkit makes of the model and the policies.
  func read() throws -> Certificate {
    let document = try MDPReader.read(InputBytes(path: mdp.path))
    let evaluator = PolicyEvaluator(document)
    let evaluations = try [current, candidate].map {
      try evaluator.solveExactly(
        PolicyReader.read(InputBytes(path: $0.path), for: document).policy)
    }
    return try Certificate(
      PolicyUpdate(current: evaluations[0], candidate: evaluations[1]))
  }

  /// What the independent checker says.
  func check() throws -> Python.Result {
    try Python.run(
      ["Tools/check_certificate.py"] + [mdp, current, candidate, certificate].map(\.path))
  }
}

/// Python, which runs the tools.
enum Python {
  struct Result {
    var status: Int32
    var errors: String
  }

  struct Absent: Error {}

  /// Runs a script in the root of the package; a test that finds no Python fails, it does not pass.
  static func run(_ arguments: [String]) throws -> Result {
    var result = Result(status: 0, errors: "")
    // Through a file: a file handle that is read traps where a signal interrupts it.
    try TemporaryFiles.with { folder in
      let errors = folder.appendingPathComponent("errors")
      try Data().write(to: errors)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["python3"] + arguments
      process.currentDirectoryURL = Golden.root
      process.standardError = try FileHandle(forWritingTo: errors)
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      if process.terminationStatus == 127 { throw Absent() }
      result = Result(
        status: process.terminationStatus, errors: try String(contentsOf: errors, encoding: .utf8))
    }
    return result
  }
}

/// A folder that goes away with the test that made it.
enum TemporaryFiles {
  static func with(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("monotone-certificates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}
