/// Every numbered part of Schulman et al. 2015 with its place in this project.
package enum PaperMap {
  /// The parts, in the paper's order within each kind.
  package static let all =
    theory + method + coupling + perturbation + solving + statements + exhibits
}
