extension Robot {
  /// One leg that hops. It is well above 0.7 m, leaning by less than 0.2 rad, with all else below 100.
  ///
  /// Source: Gymnasium 1.4, `mujoco/hopper_v5.py`.
  static let hopper = Robot(
    id: "Hopper-v5", summary: "a leg that hops", modelFile: "hopper.xml", controls: 3,
    controlCost: 1e-3, hiddenPositions: 1, velocityBound: 10, startNoise: 0.005,
    survival: Survival { positions, velocities in
      positions[1] > 0.7 && abs(positions[2]) < 0.2
        && positions.dropFirst(2).allSatisfy { abs($0) < 100 }
        && velocities.allSatisfy { abs($0) < 100 }
    })

  /// The hopper of the paper: 12 inputs.
  static let hopperPaper = hopper.paper(
    "Hopper-paper", "the hopper as in Schulman et al. 2015",
    PaperSizes(hidden: 50, branchLength: 100, branchStates: 2500 / 4))
}
