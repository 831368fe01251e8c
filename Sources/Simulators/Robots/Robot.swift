/// A robot that is to move forward, and what it earns: the facts of an environment.
///
///     reward  (x′ − x)/Δt + survival reward − c‖a‖²,   Δt = frame skip × time step
///
/// ‖a‖² is that of the action as it was chosen, the controls are clamped to ±1. The first coordinate of
/// the positions is x.
package struct Robot: Sendable {
  /// The name, with the version.
  package var id: String
  /// A description in a few words.
  package var summary: String
  /// The robot of Gymnasium that it is a variant of; nil for one that is Gymnasium's.
  var original: String?
  /// The model's file.
  var modelFile: String
  /// Steps of the physics per action.
  var frameSkip = 4
  /// Controls.
  var controls: Int
  /// c.
  var controlCost: Double
  /// How many of the first positions are not observed, so that a gait looks the same everywhere.
  var hiddenPositions: Int
  /// The largest velocity that is observed as it is.
  var velocityBound: Double?
  /// The most by which first positions differ from those of the model.
  var startNoise: Double
  /// Whether first velocities are normal with deviation ``startNoise``; uniform up to it otherwise.
  var startsNormally = false
  /// When it is well; nil for a robot that cannot fall.
  var survival: Survival?
  /// The sizes that Schulman et al. 2015 trained it with; nil for a robot that is not theirs.
  package var paperSizes: PaperSizes?

  /// The sizes of Schulman et al. 2015, Table 2.
  package struct PaperSizes: Sendable {
    /// Units of the one hidden layer.
    package var hidden: Int
    /// Steps of a branch of `vine`.
    package var branchLength: Int
    /// States of the rollout set: Q-values of a batch by rollouts of a state.
    package var branchStates: Int
  }

  /// When a robot is well, and what that earns.
  struct Survival: Sendable {
    /// Earned in each step after which the robot is well.
    var reward = 1.0
    /// Whether positions and velocities are those of a robot that is well; otherwise the episode ends.
    var isHealthy:
      @Sendable (_ positions: ArraySlice<Double>, _ velocities: ArraySlice<Double>) -> Bool
  }

  /// The variant of Schulman et al. 2015: c = 10⁻⁵, and all positions observed.
  func paper(_ id: String, _ summary: String, _ sizes: PaperSizes) -> Robot {
    var robot = self
    (robot.id, robot.summary, robot.original) = (id, summary, self.id)
    robot.controlCost = 1e-5
    robot.hiddenPositions = 0
    robot.paperSizes = sizes
    return robot
  }
}
