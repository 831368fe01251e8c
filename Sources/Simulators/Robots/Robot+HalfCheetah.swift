extension Robot {
  /// Half a cheetah, which runs on two legs and never falls for good.
  ///
  /// Source: Gymnasium 1.4, `mujoco/half_cheetah_v5.py`.
  static let halfCheetah = Robot(
    id: "HalfCheetah-v5", summary: "half a cheetah that runs", modelFile: "half_cheetah.xml",
    frameSkip: 5, controls: 6, controlCost: 0.1, hiddenPositions: 1, startNoise: 0.1,
    startsNormally: true)
}
