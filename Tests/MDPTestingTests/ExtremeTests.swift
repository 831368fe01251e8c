import MonotoneArithmetic
import MDPCore
import MDPFormats
import MonotoneFiles
import Testing

@testable import MDPTesting

/// Models at the ends of the range of numbers are what they are named for, and valid.
@Suite("Extremes")
struct ExtremeTests {
  private static func configuration(_ extreme: Extreme) -> ModelConfiguration {
    var configuration = ModelConfiguration()
    configuration.extremeStride = 1
    configuration.extremes = [extreme]
    configuration.rewards = [.whole]
    return configuration
  }

  private static func inputs(_ extreme: Extreme) -> [UpdateInput] {
    (0..<60).map { GeneratorTests.draw(Gen.policyUpdate(configuration(extreme)), $0).value }
  }

  @Test("They read back as they were written", arguments: Extreme.allCases)
  func roundTrip(extreme: Extreme) throws {
    for input in Self.inputs(extreme).prefix(20) {
      let read = try MDPReader.read(InputBytes(MDPWriter.write(input.mdp), name: "drawn"))
      #expect(read.transitions == input.mdp.transitions && read.discount == input.mdp.discount)
      // Rewards may move between their forms; r(s,a) is what they all come to.
      #expect(
        try FiniteMDP<Rational>(read).expectedReward
          == FiniteMDP<Rational>(input.mdp).expectedReward)
      #expect(read.normalised.isEmpty)
      for policy in [input.current, input.candidate] {
        let text = PolicyWriter.write(policy, mdp: input.mdp.name)
        let policyRead = try PolicyReader.read(InputBytes(text, name: "drawn"), for: input.mdp)
        #expect(policyRead.policy == policy && policyRead.normalised.isEmpty)
      }
    }
  }

  @Test("They have what they are named for")
  func names() throws {
    func number(_ text: String) throws -> Rational { try ExactNumber(parsing: text).rational }
    func isDrawn(_ extreme: Extreme, _ condition: (UpdateInput) throws -> Bool) rethrows -> Bool {
      try Self.inputs(extreme).contains(where: condition)
    }
    let (huge, beyond, tiny) = (try number("1e300"), try number("1e400"), try number("1e-400"))
    #expect(isDrawn(.hugeRewards) { $0.mdp.actionRewards.contains { $0.rational >= beyond } })
    #expect(isDrawn(.hugeRewards) { $0.mdp.actionRewards.contains { $0.rational >= huge } })
    let denormal = try number("1e-319")
    #expect(
      isDrawn(.tinyRewards) { input in
        input.mdp.actionRewards.contains { $0.signum > 0 && $0.rational <= denormal }
      })
    #expect(
      Self.inputs(.offset).allSatisfy { input in
        input.mdp.actionRewards.allSatisfy { $0.rational >= Rational(900_000) }
      })
    let gap = try number("1e-17")
    #expect(isDrawn(.longHorizon) { Rational(1) - $0.mdp.discount.rational == gap })
    #expect(Self.inputs(.longHorizon).allSatisfy { $0.mdp.discount.rational < Rational(1) })
    #expect(
      isDrawn(.tinyDiscount) { $0.mdp.discount.signum > 0 && $0.mdp.discount.rational <= tiny })
    #expect(
      Self.inputs(.unreachablePenalty).allSatisfy { input in
        let last = input.mdp.space.stateCount - 1
        let entries = input.mdp.transitions
        let others = 0..<entries.rowStart[entries.rowStart.count - 2]
        return input.mdp.initial[last].isZero
          && !others.contains { entries.nextState[$0] == Int32(last) }
          && input.mdp.actionRewards.contains { $0.rational <= Rational(-1_000_000) }
      })
    #expect(
      isDrawn(.tinyStep) { input in
        zip(input.current.probabilities, input.candidate.probabilities).contains {
          $0 != $1 && ($0 - $1).magnitude <= tiny
        }
      })
    #expect(
      isDrawn(.longNumbers) { input in
        input.mdp.actionRewards.contains { $0.description.count > 3_000 }
      })
  }

  @Test("One in so many, and none where nobody asks for them")
  func share() {
    func isExtreme(_ draft: ModelDraft) -> Bool { draft.scaling != Scaling() }
    var configuration = ModelConfiguration()
    configuration.extremes = [.hugeRewards]
    func count(_ stride: Int?) -> Int {
      configuration.extremeStride = stride
      let generator = Gen.drafts(configuration, step: .any, policies: 2)
      return (0..<800).count { isExtreme(GeneratorTests.draw(generator, $0).value) }
    }
    #expect(count(nil) == 0)
    #expect(count(1) == 800)
    let few = count(8)
    #expect(few > 60 && few < 150, "\(few) of 800")
  }

  @Test("Every simpler one is valid and less complex, and everyday ones are among them")
  func simpler() throws {
    for extreme in Extreme.allCases {
      let generator = Gen.drafts(Self.configuration(extreme), step: .any, policies: 2)
      for index in 0..<5 {
        let draft = GeneratorTests.draw(generator, index).value
        let simpler = draft.simpler()
        for simpler in simpler {
          #expect(simpler.complexity < draft.complexity)
          let document = simpler.document
          for policy in 0...1 {
            let policy = simpler.policy(policy, for: document)
            for state in document.space.liveStates {
              let sum = document.space.pairs(of: state).reduce(Rational(0)) { $0 + policy[$1] }
              #expect(sum == Rational(1))
            }
          }
        }
        if draft.scaling != Scaling() {
          #expect(simpler.contains { $0.scaling == Scaling() })
        }
      }
    }
  }
}
