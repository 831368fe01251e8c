import Foundation
import TestSupport
import Testing

/// What is done with trained policies.
@Suite("Trained policies", .tags(.slow))
struct TrainedPolicyTests {
  /// The tensors of a safetensors file of Floats: a length, a JSON header, and the numbers.
  private func tensors(_ file: URL) throws -> [String: [Double]] {
    let bytes = [UInt8](try Data(contentsOf: file))
    let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + length])) as? [String: Any])
    var tensors: [String: [Double]] = [:]
    for (name, value) in header {
      guard let entry = value as? [String: Any], let place = entry["data_offsets"] as? [Int] else {
        continue
      }
      #expect(entry["dtype"] as? String == "F32")
      tensors[name] = stride(from: place[0], to: place[1], by: 4).map { offset in
        let start = 8 + length + offset
        let bits = bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Double(Float(bitPattern: bits))
      }
    }
    return tensors
  }

  /// x W + b, with W by input and output.
  private func layer(_ x: [Double], _ weights: [Double], _ biases: [Double]) -> [Double] {
    biases.indices.map { output in
      x.indices.reduce(biases[output]) { $0 + x[$1] * weights[$1 * biases.count + output] }
    }
  }

  private func object(_ file: URL) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
  }

  /// A state offers all actions, one of two, or only one.
  private static let model = """
    {"schema": "monotone/mdp/v1", "name": "masked", "discount": 0.9,
     "states": ["a", "b", "c", "end"], "actions": ["x", "y", "z"], "initial": {"a": 0.5, "c": 0.5},
     "terminal": ["end"], "transitions": [
       {"from": "a", "action": "x", "to": {"b": 0.5, "c": 0.5}, "reward": 1},
       {"from": "a", "action": "y", "to": {"a": 1}, "reward": 0.5},
       {"from": "a", "action": "z", "to": {"end": 1}},
       {"from": "b", "action": "x", "to": {"a": 1}},
       {"from": "b", "action": "z", "to": {"c": 1}, "reward": 2},
       {"from": "c", "action": "y", "to": {"b": 0.9, "end": 0.1}}]}
    """

  @Test("The exported policy is the network's softmax over the available actions")
  func exported() throws {
    try TemporaryFolder.with { folder in
      let model = folder.appendingPathComponent("masked.json")
      try Data(Self.model.utf8).write(to: model)
      let run = folder.appendingPathComponent("run")
      let policy = folder.appendingPathComponent("p.json")
      let trained = try TrainingFolder.train(
        model.path, run, iterations: 5,
        ["--export-policy", policy.path, "--normalises-observations", "true"])
      #expect(trained.status == 0, "\(trained.errors)")

      let parts = try tensors(run.appendingPathComponent("checkpoints/000005.safetensors"))
      let checkpoint = try object(run.appendingPathComponent("checkpoints/000005.json"))
      let state = try #require(checkpoint["state"] as? [String: Any])
      let normalisers = try #require(state["normalizers"] as? [String: Any])
      let moments = try #require(normalisers["observations"] as? [String: Any])
      let mean = try #require(moments["mean"] as? [Double])
      let squares = try #require(moments["sumOfSquares"] as? [Double])
      let count = Double(try #require(moments["count"] as? Int))
      let written = try #require(
        try object(policy)["probabilities"] as? [String: [String: Any]])
      let tensor = { (name: String) in try #require(parts["policy.\(name)"]) }
      for (index, (name, available)) in [("a", "xyz"), ("b", "xz"), ("c", "y")].enumerated() {
        let observation = (0..<4).map { column in
          let deviation = (squares[column] / count + 1e-8).squareRoot()
          let value = ((column == index ? 1 : 0) - mean[column]) / deviation
          return min(max(value, -10), 10)
        }
        let hidden = layer(observation, try tensor("0.weight"), try tensor("0.bias")).map(tanh)
        let logits = layer(hidden, try tensor("1.weight"), try tensor("1.bias"))
        let weights = zip("xyz", logits).map { available.contains($0) ? exp($1) : 0 }
        let sum = weights.reduce(0, +)
        for (action, weight) in zip("xyz", weights) {
          let entry = written[name]?[String(action)]
          let found = try entry.map { try #require(number($0)) } ?? 0
          // Logits of size 1 in single precision.
          #expect(abs(found - weight / sum) < 1e-6, "\(name), \(action)")
        }
      }

      // The same from the checkpoint, and read by the exact side.
      let again = folder.appendingPathComponent("q.json")
      let evaluated = try CommandRunner.run([
        "evaluate", run.path, "--episodes", "2", "--export-policy", again.path,
      ])
      #expect(evaluated.status == 0, "\(evaluated.errors)")
      #expect(try Data(contentsOf: again) == Data(contentsOf: policy))
      let solved = try CommandRunner.run(["solve", model.path, "--policy", policy.path, "--json"])
      #expect(solved.status == 0, "\(solved.errors)")
      let checked = try CommandRunner.run([
        "check", model.path, "--current", "uniform", "--candidate", policy.path, "--arithmetic",
        "exact",
      ])
      #expect(checked.status == 0, "\(checked.errors)")
    }
  }

  /// A number of a policy file: a literal or a fraction.
  private func number(_ value: Any) -> Double? {
    if let number = value as? Double { return number }
    let parts = (value as? String)?.split(separator: "/").compactMap { Double($0) } ?? []
    return parts.count == 2 ? parts[0] / parts[1] : parts.first
  }

  @Test("On a finite MDP the mean return is the exact one, within its standard error")
  func evaluation() throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("chain.json")
      // Whatever is done, an episode ends in each step with probability 1/4: 4 steps, in the mean.
      try Data(
        """
        {"schema": "monotone/mdp/v1", "name": "chain", "discount": 0.5, "states": ["a", "end"],
         "actions": ["x", "y"], "initial": {"a": 1}, "terminal": ["end"], "transitions": [
           {"from": "a", "action": "x", "to": {"a": 0.75, "end": 0.25}, "reward": 1},
           {"from": "a", "action": "y", "to": {"a": 0.75, "end": 0.25}, "reward": 1}]}
        """.utf8
      ).write(to: file)
      let run = folder.appendingPathComponent("run")
      _ = try TrainingFolder.train(file.path, run, iterations: 2)
      try FileManager.default.removeItem(at: file)
      let result = try CommandRunner.run(
        ["evaluate", run.path, "--episodes", "2000", "--sampled", "--json"])
      #expect(result.status == 0, "\(result.errors)")
      let document = try result.json()
      #expect(document["schema"] as? String == "monotone/evaluation/v1")
      #expect(document["actions"] as? String == "sampled" && document["steps"] as? Int == 128)
      let mean = try #require(document["meanReturn"] as? Double)
      let error = try #require(document["standardError"] as? Double)
      // Of a geometric distribution, √12/√2000; its estimate is within a tenth. Five of them: a false
      // alarm in 10⁶ of the seeds, and the seed is fixed.
      #expect(abs(error / (12.0 / 2000).squareRoot() - 1) < 0.1)
      #expect(abs(mean - 4) < 5 * error)
      #expect(document["meanLength"] as? Double == mean)
    }
  }

  @Test("Deterministic play repeats itself; a checkpoint may be named by its file or its folder")
  func places() throws {
    try TemporaryFolder.with { folder in
      _ = try TrainingFolder.train("CartPole-v1", folder, iterations: 3)
      let checkpoint = folder.appendingPathComponent("checkpoints/000003.json").path
      let places = [folder.path, folder.appendingPathComponent("checkpoints").path, checkpoint]
      var documents: [String] = []
      for place in places {
        let result = try CommandRunner.run(["evaluate", place, "--episodes", "5", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        documents.append(result.output)
      }
      #expect(documents[0] == documents[1] && documents[1] == documents[2])
      let earlier = folder.appendingPathComponent("checkpoints/000001.json").path
      let others = [
        [earlier], [checkpoint, "--sampled"], [checkpoint, "--seed", "9"],
        [checkpoint, "--episodes", "6"],
      ]
      for arguments in others {
        let result = try CommandRunner.run(
          ["evaluate", "--json", "--episodes", "5"] + arguments)
        #expect(result.status == 0 && result.output != documents[0], "\(arguments)")
      }
      let text = try CommandRunner.run(["evaluate", checkpoint, "--episodes", "5"])
      #expect(text.output.hasPrefix("return ") && text.output.contains("(deterministic)"))
    }
  }

  @Test(
    "What cannot be evaluated is refused",
    arguments: [
      (["nowhere"], 66), (["README.md"], 65), (["mdps"], 65), (["mdps", "--episodes", "0"], 64),
      (["mdps/racing.json"], 65),
    ] as [([String], Int32)])
  func refused(arguments: [String], status: Int32) throws {
    let result = try CommandRunner.run(["evaluate"] + arguments)
    #expect(result.status == status && result.output.isEmpty, "\(result.errors)")
    #expect(!result.errors.isEmpty)
  }
}
