extension Robot {
  /// Two legs in a plane. It is well between 0.8 and 2 m, leaning by less than 1 rad.
  ///
  /// Source: Gymnasium 1.4, `mujoco/walker2d_v5.py`.
  static let walker = Robot(
    id: "Walker2d-v5", summary: "two legs that walk", modelFile: "walker2d_v5.xml", controls: 6,
    controlCost: 1e-3, hiddenPositions: 1, velocityBound: 10, startNoise: 0.005,
    survival: Survival { positions, _ in
      positions[1] > 0.8 && positions[1] < 2 && abs(positions[2]) < 1
    })

  /// The walker of the paper: 18 inputs. Its penalty for impacts is left out, whose weight the paper does
  /// not tell; nor does it tell when a walker has fallen.
  static let walkerPaper = walker.paper(
    "Walker-paper", "the walker as in Schulman et al. 2015, without its penalty for impacts",
    PaperSizes(hidden: 50, branchLength: 100, branchStates: 2500 / 4))
}
