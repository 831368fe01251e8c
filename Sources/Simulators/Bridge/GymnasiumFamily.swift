/// The families of environments that a Python worker steps, by the word before an environment's name.
package enum GymnasiumFamily: String, Sendable, CaseIterable {
  /// Any environment of Gymnasium: `gym:Acrobot-v1`.
  case gymnasium = "gym"
  /// Games of the Arcade Learning Environment: `atari:pong`.
  case atari
  /// Games of MinAtar: `minatar:breakout`.
  case minatar

  /// The family of an environment's name; nil where it is none.
  package init?(of name: String) {
    guard let family = Self.allCases.first(where: { name.hasPrefix($0.prefix) }) else { return nil }
    self = family
  }

  /// The mark of the names.
  package var prefix: String { "\(rawValue):" }

  /// Whether the environments are games of a console, which the worker makes with arguments of its own
  /// where none are given.
  package var isGames: Bool { self != .gymnasium }

  /// The parts of a name, with an example.
  var expectation: String {
    switch self {
    case .gymnasium: "gym: and the id of an environment: gym:Acrobot-v1"
    case .atari: "atari: and the name of a game: atari:pong"
    case .minatar: "minatar: and the name of a game: minatar:breakout"
    }
  }

  /// How to get the package of the games.
  func remedy(_ python: String) -> String {
    "install the games with `make games` in the folder of Monotone or with `\(python) -m pip install "
      + "gymnasium ale-py==0.12.1 minatar==1.0.15`, or name another interpreter with --python"
  }
}
