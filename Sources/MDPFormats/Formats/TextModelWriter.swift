internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The parts of a model as text formats write them, row by row.
struct TextModelWriter {
  let document: MDPDocument
  let numbers: NumberWriting
  /// Whether a number may be written as p/q.
  let allowsFractions: Bool
  private let noun: String

  /// - Parameter noun: What the format is called in messages.
  init(
    _ document: MDPDocument, _ numbers: NumberWriting, allowsFractions: Bool, _ noun: String
  ) {
    // Other programs take rows that sum to 1, exactly where numbers are rational.
    self.document = allowsFractions ? document.dividedBySums : document.withinTolerance
    self.numbers = numbers
    self.allowsFractions = allowsFractions
    self.noun = noun
  }

  var space: StateActionSpace { document.space }

  /// A number as text.
  func text(_ number: ExactNumber) throws(ModelNotHeld) -> String {
    if numbers == .float64 {
      let value = number.approximation
      guard value.isFinite, value != 0 || number.isZero else {
        throw ModelNotHeld(message: "float64 cannot hold \(number.excerpt)")
      }
      if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
      return value.description
    }
    let text = number.description
    guard allowsFractions || !text.utf8.contains(UInt8(ascii: "/")) else {
      throw ModelNotHeld(
        message:
          "\(noun) holds decimals only, not \(number.excerpt); round numbers with --numbers float64"
      )
    }
    return text
  }

  /// r(s).
  func stateReward(_ state: Int) -> ExactNumber { document.stateRewards.value(at: state) }

  /// The entries of a pair.
  func entries(_ pair: Int) -> Range<Int> {
    document.transitions.rowStart[pair]..<document.transitions.rowStart[pair + 1]
  }

  /// r(s,a) + r(s,a,s') of an entry.
  func reward(_ pair: Int, entry: Int) -> ExactNumber {
    document.actionRewards.value(at: pair) + document.transitionRewards.value(at: entry)
  }

  /// The expected r(s,a) of a pair, r(s) left out.
  func expectedReward(_ pair: Int) -> ExactNumber {
    let byNextState = document.transitionRewards
    var reward = document.actionRewards.value(at: pair).rational
    var earned = Rational(0)
    for entry in entries(pair) where !byNextState.value(at: entry).isZero {
      earned =
        earned + document.transitions.probability[entry].rational * byNextState[entry].rational
    }
    if let sum = document.transitions.rowSum[pair] { earned = earned / sum.rational }
    reward = reward + earned
    return ExactNumber(reward)
  }

  /// The initial states, where each is as likely as the others.
  func initialStates() throws(ModelNotHeld) -> [Int] {
    let initial = document.initial
    let states = initial.indices.filter { !initial[$0].isZero }
    guard states.allSatisfy({ initial[$0] == initial[states[0]] }) else {
      throw ModelNotHeld(
        message:
          "\(noun) holds initial states, not how likely they are; those of this model are not "
          + "equally likely")
    }
    return states
  }

  /// The names of actions as single words of letters, digits and `_.-`.
  func actionWords() -> [String] {
    let isPlain = { (scalar: Unicode.Scalar) in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "_.-".unicodeScalars.contains(scalar))
    }
    var taken: Set<String> = []
    return space.actions.map { name in
      let word = String(
        String.UnicodeScalarView(name.unicodeScalars.map { isPlain($0) ? $0 : "_" }))
      var unique = word
      var count = 1
      while !taken.insert(unique).inserted {
        count += 1
        unique = "\(word)_\(count)"
      }
      return unique
    }
  }
}
