import MonotoneArithmetic
import MonotoneFiles
import MonotoneProbability
import MDPCore
import MDPFormats
import Testing

@testable import MDPTesting

/// Every generator makes what it says, the same under the same seed, and shrinks to valid values.
@Suite("Generators")
struct GeneratorTests {
  /// Draw `case` of a generator.
  static func draw<T>(_ generator: Generator<T>, _ index: Int) -> Shrinkable<T> {
    var stream = RandomStream(seed: 11, stream: UInt64(index))
    return generator.draw(&stream)
  }

  static func configuration(_ kind: ModelKind) -> ModelConfiguration {
    var configuration = ModelConfiguration()
    configuration.kinds = [kind]
    return configuration
  }

  @Test(
    "Models of every kind read back as they were written, and their policies too",
    arguments: ModelKind.allCases)
  func roundTrip(kind: ModelKind) throws {
    for index in 0..<60 {
      let input = Self.draw(Gen.policyUpdate(Self.configuration(kind)), index).value
      for form in MDPWriter.Form.allCases {
        let text = MDPWriter.write(input.mdp, form: form)
        let read = try MDPReader.read(InputBytes(text, name: "drawn"))
        #expect(read.space == input.mdp.space && read.transitions == input.mdp.transitions)
        #expect(read.normalised.isEmpty)
      }
      for policy in [input.current, input.candidate] {
        let text = PolicyWriter.write(policy, mdp: input.mdp.name)
        let read = try PolicyReader.read(InputBytes(text, name: "drawn"), for: input.mdp)
        #expect(read.policy == policy && read.normalised.isEmpty)
      }
    }
  }

  @Test("The kinds have what they are named for")
  func kinds() {
    func documents(_ kind: ModelKind) -> [MDPDocument] {
      (0..<40).map { Self.draw(Gen.mdp(Self.configuration(kind)), $0).value }
    }
    func rowLengths(_ mdp: MDPDocument) -> [Int] {
      zip(mdp.transitions.rowStart, mdp.transitions.rowStart.dropFirst()).map { $1 - $0 }
    }
    #expect(documents(.episodic).allSatisfy { $0.space.isTerminal.contains(true) })
    #expect(documents(.deterministic).allSatisfy { rowLengths($0).allSatisfy { $0 == 1 } })
    #expect(
      documents(.dense).allSatisfy { mdp in
        rowLengths(mdp).allSatisfy { $0 == mdp.space.stateCount }
      })
    #expect(
      documents(.unavailable).contains { mdp in
        mdp.space.pairCount < mdp.space.stateCount * mdp.space.actions.count
      })
    #expect(
      documents(.periodic).allSatisfy { mdp in
        // With at least two classes no state leads to itself.
        mdp.space.stateCount < 2
          || mdp.space.liveStates.allSatisfy { state in
            mdp.space.pairs(of: state).allSatisfy { pair in
              !mdp.transitions.nextState[
                mdp.transitions.rowStart[pair]..<mdp.transitions.rowStart[pair + 1]
              ]
              .contains(Int32(state))
            }
          }
      })
  }

  @Test("The same seed draws the same values")
  func seeds() {
    for index in 0..<50 {
      let texts = (0..<2).map { _ in "\(Self.draw(Gen.updateSequence(), index).value)" }
      #expect(texts[0] == texts[1])
    }
    let distinct = Set((0..<50).map { "\(Self.draw(Gen.policyUpdate(), $0).value)" })
    #expect(distinct.count > 45, "different cases are different inputs")
  }

  @Test("Pairs at a chosen distance are at that distance")
  func distance() throws {
    var configuration = ModelConfiguration()
    configuration.actions = 2...3
    configuration.kinds = [.garnet, .dense]
    let generator = Gen.policyUpdate(
      configuration, step: .totalVariation(numerator: 1, denominator: 50))
    for index in 0..<100 {
      let input = Self.draw(generator, index).value
      let distances = input.mdp.space.liveStates.map { state in
        input.mdp.space.pairs(of: state).reduce(Rational(0)) {
          $0 + (input.candidate[$1] - input.current[$1]).magnitude
        } / Rational(2)
      }
      #expect(distances.max() == Rational(numerator: 1, denominator: 50))
    }
  }

  @Test("Every simpler model is valid and less complex")
  func simpler() throws {
    for index in 0..<40 {
      var stream = RandomStream(seed: 5, stream: UInt64(index))
      let draft = Gen.drafts(.init(), step: .any, policies: 2).draw(&stream).value
      for simpler in draft.simpler() {
        #expect(simpler.complexity < draft.complexity)
        // The space traps on a state with neither actions nor an end.
        let document = simpler.document
        let text = MDPWriter.write(document)
        let read = try MDPReader.read(InputBytes(text, name: "simpler"))
        #expect(read.space == document.space)
        for policy in 0...1 {
          let policy = simpler.policy(policy, for: document)
          for state in document.space.liveStates {
            let sum = document.space.pairs(of: state).reduce(Rational(0)) { $0 + policy[$1] }
            #expect(sum == Rational(1))
          }
        }
      }
    }
  }

  @Test("A model and its draft say the same")
  func drafts() throws {
    for index in 0..<60 {
      let input = Self.draw(Gen.policyUpdate(), index).value
      let draft = try ModelDraft(input.mdp, [input.current, input.candidate])
      #expect(draft.policy(0, for: input.mdp) == input.current)
      #expect(draft.document == input.mdp)
    }
  }

  @Test("Distributions sum to 1; networks have the widths they say")
  func others() {
    for index in 0..<50 {
      for shape in DistributionShape.allCases {
        let row = Self.draw(Gen.distribution(over: 4, shape), index).value
        #expect(row.reduce(Rational(0), +) == Rational(1))
        #expect(row.allSatisfy { $0.signum >= 0 })
      }
      let network = Self.draw(Gen.network(inputs: 3, outputs: 2), index).value
      #expect(network.widths.first == 3 && network.widths.last == 2)
      for (layer, rows) in network.weights.enumerated() {
        #expect(rows.count == network.widths[layer + 1])
        #expect(rows.allSatisfy { $0.count == network.widths[layer] + 1 })
      }
      let run = Self.draw(Gen.trajectory(), index).value
      for (step, next) in zip(run.steps, run.steps.dropFirst()) { #expect(step.next == next.state) }
      #expect(run.steps.allSatisfy { run.input.policy[$0.pair].signum > 0 })
    }
  }
}
