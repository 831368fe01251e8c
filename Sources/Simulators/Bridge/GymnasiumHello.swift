internal import MonotoneFiles
internal import NeuralTRPO

/// The facts that a worker tells before the first request, of itself and its environments; see the head of
/// `gymnasium_worker.py`.
struct GymnasiumHello: Sendable, Equatable {
  /// The version of the protocol that this program speaks.
  static let version = "1"

  /// How an observation is written.
  enum Observations: Sendable, Equatable {
    /// Numbers of a type.
    case box(GymnasiumNumber, count: Int)
    /// Images of bytes.
    case image(ImageShape)
    /// One of some integers from a start on.
    case discrete(count: Int, start: Int)
  }

  /// How an action is written.
  enum Actions: Sendable, Equatable {
    /// Numbers of a type between bounds, which may be infinite.
    case box(GymnasiumNumber, low: [Double], high: [Double])
    /// Integers of a type, each one of some from a start on.
    case choices(GymnasiumNumber, counts: [Int], starts: [Int])
    /// The number of a position of the ``NeuralTRPO/Joystick``.
    case joystick(GymnasiumNumber)
  }

  /// The programs that environments depend on, with their versions.
  var versions: [String] = []
  var observations: Observations
  var actions: Actions
  /// The length of the file that both sides map.
  var bytes: Int
  /// The arguments that a game was made with, complete, as a JSON object; nil for other environments.
  var arguments: String?

  /// How many numbers make an observation, as networks see it.
  var observationWidth: Int {
    switch observations {
    case .box(_, let count), .discrete(let count, _): count
    case .image(let image): image.count
    }
  }

  /// The shape of an observation that is an image.
  var image: ImageShape? {
    if case .image(let image) = observations { image } else { nil }
  }

  /// The space of the actions.
  var actionSpace: ActionSpace {
    switch actions {
    case .box(_, let low, let high): .box(low: low, high: high)
    case .choices(_, let counts, _): .discrete(choices: counts)
    case .joystick: Joystick.actionSpace
    }
  }

  /// Reads the lines of a hello.
  ///
  /// - Throws: ``GymnasiumFault``: a refusal, or lines that are none of this version.
  init(
    _ lines: [String], python: String, _ family: GymnasiumFamily = .gymnasium
  ) throws(GymnasiumFault) {
    var told: [Substring: Substring] = [:]
    for line in lines {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard let word = parts.first else { continue }
      let rest = parts.count > 1 ? parts[1] : ""
      if word == "version" { versions.append(String(rest).displayable) } else { told[word] = rest }
    }
    guard told["protocol"] ?? "" == Self.version else {
      throw GymnasiumFault(
        cause: .internalError,
        message:
          "the worker speaks version \(told["protocol"] ?? "none") of the protocol; expected "
          + Self.version)
    }
    if let refusal = told["refused"] { throw GymnasiumFault(refusal, family, python) }
    guard let observations = Self.observations(told["observation"] ?? ""),
      let actions = Self.actions(told), let bytes = told["memory"].flatMap({ Int($0) }), bytes > 0
    else {
      throw GymnasiumFault(
        cause: .internalError, message: "the worker's hello is incomplete",
        lines: lines.map(\.displayable))
    }
    (self.observations, self.actions, self.bytes) = (observations, actions, bytes)
    arguments = told["arguments"].map(String.init)
  }

  private static func observations(_ text: Substring) -> Observations? {
    let words = text.split(separator: " ")
    if words.first == "image" { return image(words.dropFirst().map { Int($0) ?? 0 }) }
    guard words.count == 3 else { return nil }
    if words[0] == "box" {
      guard let type = GymnasiumNumber(rawValue: String(words[1])), let count = Int(words[2]),
        count > 0
      else { return nil }
      return .box(type, count: count)
    }
    guard words[0] == "discrete", let count = Int(words[1]), let start = Int(words[2]), count > 0
    else { return nil }
    return .discrete(count: count, start: start)
  }

  /// Images of some height, width and channels, whose largest byte is the last of the numbers.
  private static func image(_ numbers: [Int]) -> Observations? {
    guard numbers.count == 4, numbers.allSatisfy({ $0 > 0 }), numbers[3] <= 255 else { return nil }
    return .image(
      ImageShape(
        height: numbers[0], width: numbers[1], channels: numbers[2], holdsBytes: true,
        largestByte: numbers[3]))
  }

  private static func actions(_ told: [Substring: Substring]) -> Actions? {
    func numbers<T>(_ word: Substring, _ read: (Substring) -> T?) -> [T]? {
      let parts = told[word]?.split(separator: " ") ?? []
      let values = parts.compactMap(read)
      return values.isEmpty || values.count != parts.count ? nil : values
    }
    let words = told["action"]?.split(separator: " ") ?? []
    guard words.count == 2, let type = GymnasiumNumber(rawValue: String(words[1])) else {
      return nil
    }
    if words[0] == "joystick" { return .joystick(type) }
    if words[0] == "box" {
      guard let low = numbers("low", { Double($0) }), let high = numbers("high", { Double($0) }),
        low.count == high.count, zip(low, high).allSatisfy(<=)
      else { return nil }
      return .box(type, low: low, high: high)
    }
    guard words[0] == "choices", let counts = numbers("counts", { Int($0) }),
      let starts = numbers("starts", { Int($0) }), counts.count == starts.count,
      counts.allSatisfy({ $0 > 0 })
    else { return nil }
    return .choices(type, counts: counts, starts: starts)
  }
}
