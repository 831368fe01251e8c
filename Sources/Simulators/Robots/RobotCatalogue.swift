/// The robots that have a name.
package enum RobotCatalogue {
  /// All of them.
  package static let all: [Robot] = [
    .swimmer, .hopper, .walker, .halfCheetah, .swimmerPaper, .hopperPaper, .walkerPaper,
  ]

  /// Their names.
  package static let names = all.map(\.id)

  /// The robot of a name; nil if there is none.
  package static func robot(_ name: String) -> Robot? { all.first { $0.id == name } }
}
