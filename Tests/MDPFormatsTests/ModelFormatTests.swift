import Foundation
import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

@Suite("Models in other formats")
struct ModelFormatTests {
  /// Files whose numbers are rational, or become so as stated, with their discount where they hold none.
  static let exact: [(file: String, model: String, discount: String?, DecimalReading?)] = [
    ("thirds.monotone.json", "thirds", nil, nil),
    ("thirds.rational.drn", "thirds", "0.9", nil),
    ("thirds.double17.drn", "thirds", "9/10", .simplest),
    ("thirds.tra", "thirds", "0.9", nil),
    ("thirds.pexp", "thirds", "0.9", nil),
    ("thirds.storm.tra", "thirds", "0.9", .simplest),
    ("frozenlake.gymnasium.json", "frozenlake", nil, .simplest),
    ("frozenlake.monotone.json", "frozenlake", nil, nil),
    ("forest.monotone.json", "forest", nil, nil),
    ("forest.pymdptoolbox.npz", "forest", nil, .shortest),
    ("forest.quantecon.npz", "forest", nil, .shortest),
    ("thirds.rational.umb", "thirds", nil, nil),
    ("thirds.POMDP", "thirds", nil, .simplest),
    ("thirds.own-double.umb", "thirds", nil, .simplest),
    ("thirds.double.umb", "thirds", "0.9", .simplest),
  ]

  @Test("The values are the known ones", arguments: exact)
  func knownValues(
    _ file: String, _ model: String, _ discount: String?, _ decimals: DecimalReading?
  ) throws {
    let document = try Interchange.read(file, discount: discount, decimals: decimals)
    let known = try Interchange.known(model)
    #expect(document.discount == (try ExactNumber(parsing: known.discount)))
    #expect(try Interchange.residual(document, known.uniform.values, optimal: false) == Rational(0))
    #expect(try Interchange.residual(document, known.optimal.values, optimal: true) == Rational(0))
  }

  @Test("Numbers of text are read as they are asked for")
  func decimals() throws {
    func probability(_ decimals: DecimalReading) throws -> ExactNumber {
      try Interchange.read("thirds.storm.tra", discount: "0.9", decimals: decimals)
        .transitions.probability[2]
    }
    #expect(try probability(.shortest) == ExactNumber(numerator: 1, denominator: 10))
    #expect(try probability(.simplest) == ExactNumber(numerator: 1, denominator: 10))
    #expect(
      try probability(.exact)
        == ExactNumber(numerator: 3_602_879_701_896_397, denominator: 36_028_797_018_963_968))
  }

  @Test("How a model was read is recorded")
  func reading() throws {
    let prism = try #require(try Interchange.read("thirds.tra", discount: "0.9").reading)
    #expect(prism.format == "prism")
    #expect(prism.discount == "option")
    #expect(prism.decimals == "shortest")
    #expect(prism.terminal == "absorbing" && prism.terminalStates == 1)
    #expect(prism.reward == "r")
    #expect(prism.initial == "file")
    #expect(prism.files == ["thirds.lab", "thirds.srew", "thirds.trew"])
    let rational = try #require(
      try Interchange.read("thirds.rational.drn", discount: "0.9").reading)
    #expect(rational.decimals == nil)
    let lake = try #require(try Interchange.read("frozenlake.gymnasium.json").reading)
    #expect(lake.discount == "file" && lake.terminal == "marked" && lake.terminalStates == 5)
    #expect(try Interchange.read("thirds.monotone.json").reading == nil)
  }

  @Test("Binary float64 numbers are exact fractions unless asked otherwise")
  func binaryDecimals() throws {
    let exact = try Interchange.read("forest.quantecon.npz")
    #expect(exact.reading?.decimals == "exact")
    #expect(exact.discount == ExactNumber(exactly: 0.96))
    #expect(exact.transitions.probability[0] == ExactNumber(exactly: 0.1))
    let umb = try Interchange.read("thirds.own-double.umb")
    #expect(umb.transitions.probability[0] == ExactNumber(exactly: 1.0 / 3.0))
    #expect(umb.normalised.count == 3)
    let known = try Interchange.known("thirds")
    let miss = try Interchange.residual(umb, known.uniform.values, optimal: false)
    #expect(miss > Rational(0) && miss < Rational(finite: 1e-15))
  }

  @Test("Numbers that float64 cannot hold are refused, or rounded where that is asked for")
  func rounding() throws {
    let document = try Interchange.read("thirds.rational.umb")
    var odd = document
    odd.actionRewards[0] = ExactNumber(Rational(numerator: 1, denominator: (1 << 61) + 1))
    #expect(throws: ModelNotHeld.self) { try NPZFormat().write(odd, ModelWriting()) }
    #expect(throws: ModelNotHeld.self) { try StormFormat().write(document, ModelWriting()) }
    var writing = ModelWriting()
    writing.numbers = .float64
    let files = try UMBFormat().write(document, writing)
    let read = try ModelReader.read(InputBytes(files[0].bytes, name: "rounded.umb"))
    #expect(read.transitions.probability[0] == ExactNumber(exactly: 1.0 / 3.0))
    // Numerators and denominators beyond 64 bits, and a negative one.
    odd.actionRewards[1] = ExactNumber(
      Rational(numerator: -1, denominator: 1 << 62) * Rational(numerator: 7, denominator: 1 << 40))
    let wide = try UMBFormat().write(odd, ModelWriting())
    #expect(try ModelReader.read(InputBytes(wide[0].bytes, name: "wide.umb")) == odd)
  }

  @Test("Compressed archives read as they were written", arguments: Compression.allCases)
  func compression(_ compression: Compression) throws {
    let document = try Interchange.read("thirds.rational.umb")
    var writing = ModelWriting()
    writing.compression = compression
    let bytes = try UMBFormat().write(document, writing)[0].bytes
    #expect(Compression.of(InputBytes(bytes, name: "")) == compression)
    #expect(try ModelReader.read(InputBytes(bytes, name: "model")) == document)
  }

  @Test("Without a discount nothing is guessed", arguments: ["thirds.tra", "thirds.rational.drn"])
  func discount(_ file: String) {
    let error = #expect(throws: InvalidInput.self) { try Interchange.read(file) }
    #expect(error?.description.contains("--discount") == true)
  }

  @Test("--terminal none keeps absorbing states live")
  func terminalNone() throws {
    var configuration = MDPReaderConfiguration()
    configuration.terminal = TerminalRule.none
    configuration.discount = ExactNumber(numerator: 9, denominator: 10)
    for (name, live) in [("thirds.rational.drn", 4), ("frozenlake.gymnasium.json", 16)] {
      let document = try ModelReader.read(
        InputBytes(path: "\(Interchange.folder)/\(name)"), configuration: configuration)
      #expect(document.space.liveStates.count == live)
      #expect(document.reading?.terminal == "none")
    }
  }

  static let formats = ModelFormats.all.compactMap { $0 as? any WritableModelFormat }
    .map(\.name)

  /// What each format cannot hold of the models that come with the package.
  static func holds(_ format: String, _ document: MDPDocument) -> Bool {
    let space = document.space
    let isComplete = space.liveStates.allSatisfy {
      space.pairs(of: $0).count == space.actions.count
    }
    let initial = ["gymnasium", "pomdp"].contains(format) ? Array(document.initial) : []
    let discount = format == "pomdp" ? [document.discount] : []
    let hasFractions =
      (Array(document.transitions.probability) + initial + discount
      + Array(document.actionRewards) + Array(document.stateRewards)
      + Array(document.transitionRewards)).contains { $0.description.contains("/") }
    switch format {
    case "gymnasium", "pomdp": return isComplete && !hasFractions
    case "pymdptoolbox": return isComplete
    case "storm":
      let model = TextModelWriter(document, .exact, allowsFractions: true, "")
      let isPositive = (0..<space.pairCount).allSatisfy { pair in
        model.entries(pair).allSatisfy { model.reward(pair, entry: $0).signum >= 0 }
      }
      return !hasFractions && isPositive
    default: return true
    }
  }

  @Test("Every model of the package reads back as it was written", arguments: formats)
  func roundTrips(_ name: String) throws {
    let format = try #require(ModelFormats.named(name) as? any WritableModelFormat)
    let folder = try TemporaryFolder()
    var count = 0
    for path in CorpusTests.models {
      let document = try MDPReader.read(InputBytes(path: path))
      var configuration = MDPReaderConfiguration()
      configuration.discount = document.discount
      guard Self.holds(name, document) else {
        #expect(throws: ModelNotHeld.self) { try format.write(document, ModelWriting()) }
        continue
      }
      let read = try written(document, as: format, in: folder.path, configuration)
      #expect(read.normalised.isEmpty)
      if ["npz", "umb"].contains(name) { #expect(read == document, "\(name) \(path)") }
      try expectSameModel(
        document, read, words: !["gymnasium", "pomdp"].contains(name), "\(name) \(path)")
      count += 1
    }
    #expect(count > 5)
  }

  /// Where words end and signs turn; numbers above and below float64.
  static let extremes = [
    "-9223372036854775808", "-9223372036854775809", "9223372036854775807", "18446744073709551616",
    "-18446744073709551616/3", "-1/18446744073709551617",
    "-170141183460469231731687303715884105727/3",
    "-170141183460469231731687303715884105728/3",
    "1e300", "-1e300", "1e-300", "-1e-300", "1e-400", "-1/3", "0",
  ]

  /// Together and one by one: a file gives all its numbers the width of the longest.
  @Test("Rewards of any size and sign come back", arguments: formats)
  func extremeRewards(_ name: String) throws {
    let format = try #require(ModelFormats.named(name) as? any WritableModelFormat)
    let folder = try TemporaryFolder()
    for rewards in [Self.extremes] + Self.extremes.map({ [$0] }) {
      let document = try Self.cycle(paying: rewards)
      var configuration = MDPReaderConfiguration()
      configuration.discount = document.discount
      do {
        let read = try written(document, as: format, in: folder.path, configuration)
        try expectSameModel(document, read, words: false, "\(name) \(rewards)")
      } catch is ModelNotHeld {
        // NumPy's arrays hold float64 numbers.
        #expect(!Self.holds(name, document) || ["npz", "pymdptoolbox", "quantecon"].contains(name))
      }
    }
  }

  /// States one after the other, each with a reward.
  private static func cycle(paying rewards: [String]) throws -> MDPDocument {
    let rows = rewards.enumerated().map { state, reward in
      #"{"from": \#(state), "action": 0, "to": {"\#((state + 1) % rewards.count)": 1}, "reward": "\#(reward)"}"#
    }
    let text = #"""
      {"schema": "monotone/mdp/v1", "name": "cycle", "discount": 0.5, "states": \#(rewards.count), "actions": 1,
       "initial": {"0": 1}, "transitions": [\#(rows.joined(separator: ", "))]}
      """#
    return try MDPReader.read(InputBytes(text, name: "cycle.json"))
  }

  @Test("Faults have their place, and all are told at once")
  func faults() throws {
    var configuration = MDPReaderConfiguration()
    configuration.discount = ExactNumber(numerator: 9, denominator: 10)
    func faults(_ text: String, _ name: String) -> [String] {
      do {
        _ = try ModelReader.read(InputBytes(text, name: name), configuration: configuration)
        return []
      } catch { return error.faults.map { "\($0.line):\($0.column)" } }
    }
    #expect(
      faults("2 2 3\n0 0 0 0.5\n0 0 7 0.5\n1 0 1 x\n", "a.tra") == ["3:5", "4:7"])
    #expect(faults("2 2 2\n0 0 0 0.5\n1 0 1 1\n", "a.tra") == ["2:1"])
    #expect(faults("2 2 9\n0 0 0 1\n1 0 1 1\n", "a.tra") == ["1:1"])
    #expect(faults("2 2 2\n0 0 0 1\n0 1 0 1\n", "a.tra") == [])
    let head = "@type: MDP\n@value_type: double\n@reward_models\nr\n@nr_states\n2\n@model\n"
    #expect(
      faults(head + "state 0 init\naction a [1]\n1 : 0.5\nstate 1\naction b [x]\n 9 : 1\n", "a.drn")
        == ["9:1", "12:11", "13:2"])
    #expect(
      faults(#"{"P": {"0": {"0": [[1, 0, 0, 1], [2, 9, 0, true]]}}}"#, "a.json") == ["1:30"])
    #expect(faults(#"{"P": {"0": {"0": [[1, 9, 0, true]]}}}"#, "a.json") == ["1:20"])
  }

  @Test("Reward structures are named where there are several")
  func rewardNames() throws {
    let text = """
      @type: MDP
      @value_type: rational
      @reward_models
      cost time
      @nr_states
      1
      @model
      state 0 [0, 0] init
      \taction a [1/3, 7]
      \t\t0 : 1

      """
    var configuration = MDPReaderConfiguration()
    configuration.discount = ExactNumber(numerator: 1, denominator: 2)
    let input = InputBytes(text, name: "two.drn")
    let error = #expect(throws: InvalidInput.self) {
      try ModelReader.read(input, configuration: configuration)
    }
    #expect(error?.description.contains("\"cost\", \"time\"") == true)
    configuration.reward = "time"
    let read = try ModelReader.read(input, configuration: configuration)
    #expect(Array(read.actionRewards) == [ExactNumber(7)])
    #expect(read.reading?.reward == "time")
    configuration.reward = "tima"
    let unknown = #expect(throws: InvalidInput.self) {
      try ModelReader.read(input, configuration: configuration)
    }
    #expect(unknown?.description.contains("did you mean \"time\"?") == true)
  }

  @Test("A Gymnasium state that is entered both ways gets a second end")
  func mixedEnds() throws {
    let document = try ModelReader.read(
      InputBytes(
        #"""
        {"discount": 0.5, "initial_state_distrib": [1, 0], "P": {
        "0": {"0": [[0.5, 1, 1, true], [0.5, 1, 3, false]]}, "1": {"0": [[1.0, 0, 5, false]]}}}
        """#, name: "mixed.json"))
    #expect(document.space.stateCount == 3)
    #expect(document.space.isTerminal == [false, false, true])
    #expect(Array(document.transitions.nextState) == [1, 2, 0])
  }

  @Test("A Gymnasium episode may start where it is over at once")
  func startsAtTheEnd() throws {
    func terminal(payingAtTheEnd reward: String) throws -> [Bool] {
      try ModelReader.read(
        InputBytes(
          #"""
          {"discount": 0.5, "initial_state_distrib": [0.5, 0.5], "P": {
          "0": {"0": [[1.0, 1, 1, true]]}, "1": {"0": [[1.0, 1, \#(reward), true]]}}}
          """#, name: "over.json")
      ).space.isTerminal
    }
    #expect(try terminal(payingAtTheEnd: "0") == [false, true])
    // An episode that starts in state 1 earns 5 before it is over.
    #expect(try terminal(payingAtTheEnd: "5") == [false, false, true])
  }
}
