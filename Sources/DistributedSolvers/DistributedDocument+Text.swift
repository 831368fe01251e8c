#if Distributed
  internal import MonotoneArithmetic

  extension DistributedDocument {
    /// The result as a few lines.
    package var text: String {
      var lines = [
        "\(mdp.name): \(mdp.states) states, \(mdp.choices) choices, \(mdp.branches) branches, discount "
          + mdp.discount,
        "policy: \(policy)",
        "return: \(Self.text(expectedReturn))",
      ]
      func add(_ name: String, _ bound: Double?) {
        guard let bound else { return }
        lines.append("\(name): \(bound)")
      }
      add("radius of the state values", valueRadius)
      add("radius of the action values", actionValueRadius)
      add("radius of the visitation (sum over states)", visitationRadius)
      add("proved optimality gap", optimalityGap)
      if let iterations { lines.append("policy improvements: \(iterations)") }
      lines.append("Krylov iterations: \(linearIterations)")
      let memory = processes.map(\.peakBytes).max() ?? 0
      let count = processes.count
      lines.append(
        "processes: \(count), each with at most \((memory + (1 << 20) - 1) >> 20) MiB of memory")
      for file in processes.compactMap(\.file) { lines.append("written: \(file)") }
      return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ quantity: Quantity) -> String {
      guard case .enclosure(let midpoint, let radius) = quantity else {
        return "unknown: \(Quantity.unknownReason)"
      }
      return "\(midpoint) ± \(radius)"
    }
  }
#endif
