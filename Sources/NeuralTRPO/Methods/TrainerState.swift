internal import MonotoneProbability

/// Everything that the future of a run depends on beside its configuration, written down; the numbers
/// of networks stand in tensors.
package struct TrainerState: Sendable, Equatable, Codable {
  /// Iterations made.
  package var iteration: Int
  /// Environment steps made.
  package var steps: Int
  /// Episodes ended.
  package var episodes: Int
  /// The latest of them.
  package var recent: [Episode]
  /// Steps of the critic's optimiser.
  package var criticSteps: Int
  /// How much was drawn from the stream that orders rows.
  package var shufflingPosition: UInt64
  /// How much was drawn from each environment's policy stream.
  package var policyPositions: [UInt64]
  /// Each environment.
  package var environments: [SavedEnvironment]
  /// The running statistics.
  package var normalisers: SavedNormalisers
  /// Steps of the last generation of the cross-entropy method; nil before it, and for other methods.
  package var generationSteps: Int?

  private enum CodingKeys: String, CodingKey {
    case iteration, steps, episodes, recent, criticSteps, shufflingPosition, policyPositions
    case environments, generationSteps
    // As the format spells it.
    case normalisers = "normalizers"
  }
}

/// A state and its tensors.
package struct TrainerSnapshot: Sendable {
  /// The format of a written snapshot.
  package static let format = "monotone/checkpoint/v1"

  package var state: TrainerState
  package var tensors: Safetensors

  package init(state: TrainerState, tensors: Safetensors) {
    self.state = state
    self.tensors = tensors
  }
}

extension Trainer {
  /// The name of the format, with which checkpoints are marked.
  private static var format: String { TrainerSnapshot.format }

  /// The facts that a reader of the tensors needs beside their names and shapes.
  private var metadata: [String: String] {
    [
      "format": Self.format,
      "layout": "weight[input, output], bias[output], row-major; a layer is x @ weight + bias"
        + (shape.hasHiddenBiases ? "" : ", hidden layers without bias")
        + (shape.convolutions.map { "; \($0.meaning)" } ?? ""),
      "activation": "\(shape.activation.rawValue) after every layer but the last",
      "head": head.meaning,
      "observations": normalisers.observations == nil
        ? "as they are"
        : "clipped (x - mean) / sqrt(variance + 1e-8): state.normalizers of the JSON file beside",
    ]
  }

  /// The run as it is.
  package var snapshot: TrainerSnapshot {
    var tensors = Safetensors(metadata: metadata)
    tensors.append(network: "policy", parameters, shape)
    if head.parameterCount > 0 {
      tensors.append("policy.\(head.parameterName)", Array(parameters[shape.parameterCount...]))
    }
    if let critic {
      tensors.append(network: "critic", critic.parameters, critic.shape)
      tensors.append("critic.adam.firstMoment", critic.adam.firstMoment)
      tensors.append("critic.adam.secondMoment", critic.adam.secondMoment)
    }
    if let search { tensors.append("search.deviation", search.deviations) }
    return TrainerSnapshot(
      state: TrainerState(
        iteration: iteration, steps: steps, episodes: episodes, recent: recent,
        criticSteps: critic?.adam.steps ?? 0, shufflingPosition: shuffling.position,
        policyPositions: collector.streamPositions,
        environments: environments.flatMap(\.saved), normalisers: normalisers.saved,
        generationSteps: search?.generationSteps),
      tensors: tensors)
  }

  /// Puts the run where a snapshot of one like it was taken.
  ///
  /// - Throws: ``InvalidCheckpoint`` if it is of another; the run must then not be used.
  package func restore(_ snapshot: TrainerSnapshot) throws(InvalidCheckpoint) {
    let (state, tensors) = (snapshot.state, snapshot.tensors)
    do throws(InvalidSafetensors) {
      parameters = try tensors.network("policy", shape)
      if head.parameterCount > 0 {
        parameters += try tensors.values(
          of: "policy.\(head.parameterName)", shape: [head.parameterCount])
      }
      if let critic {
        let count = [critic.shape.parameterCount]
        critic.restore(
          parameters: try tensors.network("critic", critic.shape),
          adam: Adam(
            firstMoment: try tensors.values(of: "critic.adam.firstMoment", shape: count),
            secondMoment: try tensors.values(of: "critic.adam.secondMoment", shape: count),
            steps: max(0, state.criticSteps)))
      }
      if search != nil {
        search?.deviations = try tensors.values(of: "search.deviation", shape: [parameters.count])
        search?.generationSteps = state.generationSteps
      }
    } catch {
      throw InvalidCheckpoint(error.description)
    }
    let count = environments.reduce(0) { $0 + $1.steps.count }
    guard state.environments.count == count, state.policyPositions.count == count else {
      throw InvalidCheckpoint(
        "found \(state.environments.count) environments with \(state.policyPositions.count) "
          + "policy streams, expected \(count)")
    }
    var rest = state.environments[...]
    for vector in environments {
      do throws(SavedEnvironment.Fault) {
        try vector.restore(Array(rest.prefix(vector.steps.count)))
      } catch {
        throw InvalidCheckpoint(error.description)
      }
      rest = rest.dropFirst(vector.steps.count)
    }
    guard normalisers.restore(state.normalisers, width: shape.inputs) else {
      throw InvalidCheckpoint(
        "the running statistics are not of \(shape.inputs) observations, or incomplete")
    }
    collector.streamPositions = state.policyPositions
    shuffling = RandomStream(
      seed: UInt64(configuration.seed), stream: TrainerStream.shuffling.rawValue,
      position: state.shufflingPosition)
    (iteration, steps, episodes) = (state.iteration, state.steps, state.episodes)
    recent = state.recent
  }
}

extension Safetensors {
  /// Puts a network's layers behind the other tensors: weights, outputs last, and biases.
  mutating func append<Number: NetworkNumber>(
    network name: String, _ parameters: [Number], _ shape: NetworkShape
  ) {
    for (index, layer) in shape.layers.enumerated() {
      append(
        "\(name).\(index).weight", Array(parameters[layer.weightStart..<layer.biasStart]),
        shape: layer.sizes)
      if layer.hasBiases {
        append("\(name).\(index).bias", Array(parameters[layer.biasStart..<layer.end]))
      }
    }
  }

  /// A network's parameters from its layers.
  func network<Number: NetworkNumber>(
    _ name: String, _ shape: NetworkShape
  ) throws(InvalidSafetensors) -> [Number] {
    var parameters: [Number] = []
    for (index, layer) in shape.layers.enumerated() {
      parameters += try values(of: "\(name).\(index).weight", shape: layer.sizes)
      if layer.hasBiases {
        parameters += try values(of: "\(name).\(index).bias", shape: [layer.outputs])
      }
    }
    return parameters
  }
}
