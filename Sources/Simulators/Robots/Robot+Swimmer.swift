extension Robot {
  /// Three links in a viscous fluid; the reward is almost all its speed.
  ///
  /// Source: Gymnasium 1.4, `mujoco/swimmer_v5.py`.
  static let swimmer = Robot(
    id: "Swimmer-v5", summary: "a swimmer of three links", modelFile: "swimmer.xml", controls: 2,
    controlCost: 1e-4, hiddenPositions: 2, startNoise: 0.1)

  /// The swimmer of the paper: 10 inputs.
  static let swimmerPaper = swimmer.paper(
    "Swimmer-paper", "the swimmer as in Schulman et al. 2015",
    PaperSizes(hidden: 30, branchLength: 50, branchStates: 500 / 4))
}
