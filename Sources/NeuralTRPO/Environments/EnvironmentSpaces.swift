/// The observations and actions of environments of a kind.
package struct EnvironmentSpaces: Sendable, Equatable {
  /// The name of the environment.
  package var id: String
  /// How many numbers make an observation.
  package var observationWidth: Int
  /// The shape of an observation that is an image; nil for any other.
  package var image: ImageShape?
  /// The space of the actions.
  package var actionSpace: ActionSpace

  package init(
    id: String, observationWidth: Int, image: ImageShape? = nil, actionSpace: ActionSpace
  ) {
    precondition(
      image.map { $0.count == observationWidth } ?? true,
      "observations of \(observationWidth) numbers as an image of \(image?.description ?? "")")
    self.id = id
    self.observationWidth = observationWidth
    self.image = image
    self.actionSpace = actionSpace
  }
}

extension VectorEnvironment {
  /// The observations and actions of the environments.
  package var spaces: EnvironmentSpaces {
    EnvironmentSpaces(
      id: id, observationWidth: observationWidth, image: image, actionSpace: actionSpace)
  }
}
