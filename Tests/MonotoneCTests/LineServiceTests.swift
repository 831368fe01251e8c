import Foundation
import MDPFormats
import MDPVerification
import MonotoneC
import MonotoneFiles
import MonotoneReports
import Testing

/// Calls as lines of JSON; the library for C answers by the same sessions.
@Suite("Calls as JSON lines")
struct LineServiceTests {
  static let racing = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("mdps/racing.json").path

  /// An answer, taken apart by another reader of JSON.
  private func answer(_ line: String) throws -> [String: Any] {
    let text = LineService.answer(InputBytes(line, name: "line"))
    #expect(!text.contains("\n"))
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  private func open() throws -> Int {
    let reply = try answer("{\"call\": \"model_from_file\", \"path\": \"\(Self.racing)\"}")
    #expect(reply["status"] as? Int == 0)
    return try #require(reply["handle"] as? Int)
  }

  private func array(_ reply: [String: Any], _ name: String) throws -> [Double] {
    let arrays = try #require(reply["arrays"] as? [String: [String: Any]])
    return try #require(arrays[name]?["data"] as? [Double])
  }

  @Test("A check is the document that the library writes")
  func check() throws {
    let handle = try open()
    let reply = try answer(
      """
      {"id": [7], "call": "check", "handle": \(handle), "current": {"expression": "uniform"}, \
      "candidate": {"expression": "greedy(uniform)"}}
      """)
    #expect(reply["id"] as? [Int] == [7])
    let model = try LoadedModel(Self.racing)
    let check = try ModelVerifier(model).check(current: "uniform", candidate: "greedy(uniform)")
    let document = try JSONSerialization.jsonObject(
      with: Data(try ResultJSON.text(CheckDocument(check)).utf8))
    #expect(reply["result"] as? NSObject == document as? NSObject)
    // η rises from 2.1 to 11.6, and no bound foresees it.
    #expect(try array(reply, "outcome") == [1, 0, 0])
  }

  @Test("A model of arrays has the values of its closed form")
  func arrays() throws {
    // State 0 stays with probability 1/2 and earns 1; V(0) = 1/(1 − γ/2), and 1/(1 − 9/20) = 20/11.
    let opened = try answer(
      """
      {"call": "model_from_arrays", "discount": "9/10", "transitions": [[[0.5, "1/2"]], [[0, 0]]], \
      "rewards": [1, 0]}
      """)
    let handle = try #require(opened["handle"] as? Int)
    let reply = try answer(
      """
      {"call": "solve", "handle": \(handle), "policy": {"probabilities": [[1], [0]]}, "options": \
      {"arithmetic": "exact"}}
      """)
    let result = try #require(reply["result"] as? [String: Any])
    #expect((result["return"] as? [String: Any])?["exact"] as? String == "20/11")
    // The last bit is the other reader's.
    let values = try array(reply, "stateValues")
    #expect(abs(values[0] - 20.0 / 11) <= (20.0 / 11).ulp && values[1] == 0)
    #expect(try array(opened, "terminal") == [0, 1])
  }

  @Test(
    "Of a model beyond float64 it is said which states are terminal, and which actions there are")
  func beyondFloat64() throws {
    let opened = try answer(
      """
      {"call": "model_from_arrays", "discount": "9/10", "transitions": [[[0.5, 0.5], [0, 0]], [[0, 0], \
      [0, 0]]], "rewards": [["1e400", 0], [0, 0]]}
      """)
    #expect(try array(opened, "terminal") == [0, 1])
    #expect(try array(opened, "available") == [1, 0, 0, 0])
    #expect((opened["arrays"] as? [String: Any])?["rewards"] == nil)
  }

  @Test(
    "What is wrong is the answer, and the next call is answered",
    arguments: [
      ("not JSON", 65, "expected a value"),
      ("[]", 64, "expected an object"),
      ("{\"call\": \"slove\"}", 64, "did you mean \"solve\"?"),
      ("{\"call\": \"solve\", \"handel\": 1}", 64, "did you mean \"handle\"?"),
      ("{\"call\": \"solve\", \"handle\": 1, \"actions\": [0]}", 64, "unknown key \"actions\""),
      ("{\"call\": \"solve\", \"handle\": 123456789}", 64, "nothing is open under it"),
      ("{\"call\": \"solve\", \"handle\": -1}", 64, "a whole number from 0"),
      ("{\"call\": \"solve\", \"handle\": 1e300}", 64, "a whole number from 0"),
      ("{\"call\": \"model_from_file\", \"path\": \"/nowhere\"}", 66, "no such file"),
      ("{\"call\": \"model_from_text\", \"text\": \"{\"}", 65, "text:1:2"),
      (
        "{\"call\": \"model_from_arrays\", \"discount\": 0.9, \"transitions\": [[[1], [0, 1]]]}",
        65,
        "lists of one length"
      ),
      (
        "{\"call\": \"model_from_arrays\", \"discount\": 0.9, \"transitions\": [[1, [1]]]}", 64,
        "found"
      ),
      (
        "{\"call\": \"model_from_arrays\", \"discount\": 1.5, \"transitions\": [[[1]]]}", 65,
        "discount"
      ),
      (
        "{\"call\": \"model_from_arrays\", \"discount\": 0.9, \"transitions\": [[[0.5]]]}", 65,
        "sum"
      ),
    ])
  func faults(line: String, status: Int, words: String) throws {
    let reply = try answer(line)
    #expect(reply["status"] as? Int == status)
    let failure = try #require(reply["result"] as? [String: Any])
    #expect(failure["schema"] as? String == "monotone/failure/v1")
    let message = try #require(failure["message"] as? String)
    #expect(message.contains(words), "\(message)")
  }

  @Test("An environment goes where its equations lead, from a state that is given")
  func stepping() throws {
    let opened = try answer(
      "{\"call\": \"environment_open\", \"name\": \"CartPole-v1\", \"options\": {\"timeLimit\": 2}}"
    )
    let handle = try #require(opened["handle"] as? Int)
    let started = try answer(
      "{\"call\": \"environment_restart\", \"handle\": \(handle), \"states\": [[0, 0, 0, 0]]}")
    #expect(try array(started, "states") == [0, 0, 0, 0])
    let first = try answer(
      "{\"call\": \"environment_step\", \"handle\": \(handle), \"actions\": [[1]]}")
    // From rest upright: θ̈ = −(F/M) / (l (4/3 − m/M)) and ẍ = F/M − m l θ̈/M, for 0.02 s.
    let turn = -(10 / 1.1) / (0.5 * (4.0 / 3 - 0.1 / 1.1))
    let expected = [0, 0.02 * (10 / 1.1 - 0.05 * turn / 1.1), 0, 0.02 * turn]
    let found = try array(first, "nextObservations")
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-15 }, "\(found)")
    #expect(try array(first, "observations") == found && array(first, "states") == found)
    #expect(try array(first, "times") == [1] && array(first, "ends") == [0])
    // The second step is cut: what it led to is shown beside the start of the next episode.
    let second = try answer(
      "{\"call\": \"environment_step\", \"handle\": \(handle), \"actions\": [[0]]}")
    #expect(try array(second, "ends") == [2] && array(second, "times") == [0])
    #expect(try array(second, "nextObservations") != array(second, "observations"))
    #expect(try array(second, "states") == array(second, "observations"))
    for (call, words) in [
      ("\"environment_step\", \"actions\": [[2]]", "expected a choice from 0 to 1"),
      ("\"environment_step\", \"actions\": [[0.5]]", "expected a choice from 0 to 1"),
      ("\"environment_step\", \"actions\": [1]", "expected (1, 1)"),
      ("\"environment_step\", \"actions\": [[\"nan\"]]", "expected a finite number"),
      ("\"environment_restart\", \"states\": [[0, 0, 0]]", "is no state of CartPole-v1"),
      ("\"environment_restart\", \"states\": [[9, 0, 0, 0]]", "is no state of CartPole-v1"),
    ] {
      let reply = try answer("{\"handle\": \(handle), \"call\": \(call)}")
      let failure = try #require(reply["result"] as? [String: Any])
      let message = try #require(failure["message"] as? String, "\(reply)")
      #expect(reply["status"] as? Int == 65 && message.contains(words), "\(message)")
    }
    let present = try answer("{\"call\": \"environment_states\", \"handle\": \(handle)}")
    #expect(try array(present, "states").count == 4)
  }

  @Test("A choice that the state does not offer is refused")
  func availability() throws {
    let model = try answer(
      """
      {"call": "model_from_arrays", "discount": 0.9, "transitions": \
      [[[0, 1], [0, 0]], [[1, 0], [0, 1]]], "rewards": [1, 0]}
      """)
    let opened = try answer(
      "{\"call\": \"environment_of_model\", \"handle\": \(try #require(model["handle"] as? Int))}")
    let handle = try #require(opened["handle"] as? Int)
    for (action, status) in [(1, 65), (0, 0), (1, 0)] {
      let reply = try answer(
        "{\"call\": \"environment_step\", \"handle\": \(handle), \"actions\": [[\(action)]]}")
      #expect(reply["status"] as? Int == status, "\(reply)")
    }
  }

  @Test("Zero is zero however it is written, so that a state without transitions is terminal")
  func zeros() throws {
    for zero in ["0", "0.0", "-0.0", "0e5", "\"0/7\"", "\"0.00\""] {
      let opened = try answer(
        """
        {"call": "model_from_arrays", "discount": 0.9, "transitions": [[[0.5, 0.5]], [[\(zero), \(zero)]]]}
        """)
      #expect(opened["status"] as? Int == 0, "\(zero)")
      #expect(try array(opened, "terminal") == [0, 1], "\(zero)")
    }
  }

  @Test(
    "Bare numbers become rational as decimals says, quoted ones are exact",
    arguments: [
      ("shortest", "{\"0\": 0.1, \"1\": 0.9}"),
      ("simplest", "{\"0\": 0.1, \"1\": 0.9}"),
      ("exact", "{\"0\": \"3602879701896397/36028797018963968\", \"1\": 0.9}"),
    ])
  func decimals(word: String, initial: String) throws {
    let opened = try answer(
      """
      {"call": "model_from_arrays", "discount": 0.9, "transitions": [[[1, 0]], [[0, 1]]], \
      "initial": [0.1, "0.9"], "options": {"decimals": "\(word)", "normalise": 1e-3}}
      """)
    let handle = try #require(opened["handle"] as? Int, "\(opened)")
    let written = try answer("{\"call\": \"model_write\", \"handle\": \(handle)}")
    let model = try #require(written["result"] as? [String: Any])
    let expected = try JSONSerialization.jsonObject(with: Data(initial.utf8))
    if word == "exact" {
      // The row misses the sum 1 by 2⁻⁵⁵ or so, and is written as it was read.
      #expect(
        (model["initial"] as? [String: Any])?["0"] as? String
          == "3602879701896397/36028797018963968")
    } else {
      #expect(model["initial"] as? NSObject == expected as? NSObject)
    }
  }

  @Test("A policy's file is read as it stands at the call, and standard input never")
  func files() throws {
    let model = try open()
    let path = NSTemporaryDirectory() + "monotone-lines-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let audit = try #require(
      try answer("{\"call\": \"audit_open\", \"handle\": \(model)}")["handle"] as? Int)
    for share in ["1", "0.5"] {
      try """
      {"schema": "monotone/policy/v1", "mdp": "racing", "probabilities": {"cool": {"slow": \(share), "fast": \
      \(share == "1" ? "0" : "0.5")}, "warm": {"slow": 1}}}
      """.write(toFile: path, atomically: true, encoding: .utf8)
      let policy = "{\"expression\": \"\(path)\"}"
      let reply = try answer(
        "{\"call\": \"resolve_policy\", \"handle\": \(model), \"policy\": \(policy)}")
      #expect(try array(reply, "probabilities").first == Double(share))
      let row = try answer(
        "{\"call\": \"audit_step\", \"handle\": \(audit), \"policy\": \(policy)}")
      #expect(row["status"] as? Int == 0)
      if share != "1" {
        #expect((row["result"] as? [String: Any])?["mark"] as? String != "unchanged")
      }
    }
    for name in ["-", "mix(0.5, -, uniform)"] {
      let reply = try answer(
        "{\"call\": \"solve\", \"handle\": \(model), \"policy\": {\"expression\": \"\(name)\"}}")
      #expect(reply["status"] as? Int == 64)
    }
    #expect(try answer("{\"call\": \"model_from_file\", \"path\": \"-\"}")["status"] as? Int == 64)
  }

  @Test(
    "What no machine has room for is refused",
    arguments: [
      "{\"environments\": 65536, \"hidden\": [65536, 65536, 65536]}",
      "{\"hidden\": [\(repeatElement("65536", count: 500).joined(separator: ", "))]}",
    ])
  func memory(options: String) throws {
    let reply = try answer(
      "{\"call\": \"environment_open\", \"name\": \"CartPole-v1\", \"options\": \(options)}")
    #expect(reply["status"] as? Int == 64)
    let opened = try answer(
      """
      {"call": "environment_open", "name": "CartPole-v1", "options": {"hidden": [], "environments": 65536}}
      """)
    let handle = try #require(opened["handle"] as? Int, "\(opened)")
    let count = try #require((opened["result"] as? [String: Any])?["parameters"] as? Int)
    let parameters = repeatElement("0", count: count).joined(separator: ", ")
    let rollout = try answer(
      """
      {"call": "rollout", "handle": \(handle), "parameters": [\(parameters)], "options": {"steps": 10000000}}
      """)
    #expect(rollout["status"] as? Int == 64, "\(rollout)")
  }

  @Test("The first policy of an improvement goes by either name")
  func improve() throws {
    let handle = try open()
    for name in ["start", "policy"] {
      let reply = try answer(
        """
        {"call": "improve", "handle": \(handle), "\(name)": {"expression": "uniform"}, "options": \
        {"rule": "policy-iteration", "iterations": 5}}
        """)
      #expect(reply["status"] as? Int == 0)
      let result = try #require(reply["result"] as? [String: Any])
      #expect(result["rule"] as? String == "policy-iteration")
      // Policy iteration ends at an optimal policy, whose probabilities are 0 and 1.
      #expect(try array(reply, "probabilities").allSatisfy { $0 == 0 || $0 == 1 })
    }
  }

  @Test("A closed handle is refused, and closing it again is")
  func closed() throws {
    let handle = try open()
    for status in [0, 64, 64] {
      #expect(
        try answer("{\"call\": \"close\", \"handle\": \(handle)}")["status"] as? Int == status)
    }
  }

  @Test("A policy with faults costs an audit the updates beside it, no others")
  func audit() throws {
    let model = try open()
    let audit = try #require(
      try answer("{\"call\": \"audit_open\", \"handle\": \(model)}")["handle"] as? Int)
    func step(_ policy: String) throws -> Int? {
      try answer("{\"call\": \"audit_step\", \"handle\": \(audit), \"policy\": \(policy)}")[
        "status"] as? Int
    }
    #expect(try step("{\"expression\": \"uniform\"}") == 0)
    #expect(try step("{\"probabilities\": [[0.5, 0.6], [1, 0], null]}") == 65)
    #expect(try step("{\"expression\": \"uniform\"}") == 0)
    #expect(try step("{\"expression\": \"greedy(uniform)\"}") == 0)
    let document = try answer("{\"call\": \"audit_document\", \"handle\": \(audit)}")
    let result = try #require(document["result"] as? [String: Any])
    #expect((result["updates"] as? [[String: Any]])?.compactMap { $0["index"] as? Int } == [3])
    let errors = try #require(result["errors"] as? [[String: Any]])
    #expect(errors.compactMap { $0["updates"] as? [Int] } == [[1, 2]])
  }
}
