package import MonotoneFiles
internal import MDPFormats
internal import MonotoneReports
internal import TrainingRuns

/// Answers calls that come as JSON lines: the functions of `monotone.h` for programs that keep the library in a
/// process of its own.
///
///     {"id": 1, "call": "model_from_file", "path": "racing.json"}
///     {"id": 1, "status": 0, "handle": 1, "result": {…}, "arrays": {…}}
///
/// `call` is a function's name without `monotone_`, `id` anything, which the answer repeats. A policy is
/// `{"expression": …}`, or an object with the members of a policy's line: `probabilities`, `name`, `precision`.
package enum LineService {
  /// A call: the members that its line may have besides `id`, `call` and `options`, and its answer.
  private struct Call: Sendable {
    var members: [String]
    var answer: @Sendable (LineCall) throws -> Reply

    init(_ members: String..., answer: @escaping @Sendable (LineCall) throws -> Reply) {
      (self.members, self.answer) = (members, answer)
    }
  }

  /// The answer to a line, without the newline that ends it.
  package static func answer(_ line: InputBytes) -> String {
    var id = "null"
    do {
      let head = try CallOptions(String(decoding: line.bytes, as: UTF8.self))
      id = head.json("id") ?? "null"
      return try self.line(id, Int32(0), try call(head))
    } catch {
      let failure = CallFailure(any: error)
      return "{\"id\": \(id), \"status\": \(failure.kind.rawValue), \"result\": \(failure.json)}"
    }
  }

  private static func line(_ id: String, _ status: Int32, _ reply: Reply) throws -> String {
    let document = OneLine.text(try reply.json())
    var text =
      "{\"id\": \(id), \"status\": \(status), \"handle\": \(reply.handle), \"result\": \(document), "
      + "\"arrays\": {"
    for (index, array) in reply.arrays.enumerated() {
      text += "\(index == 0 ? "" : ", ")\"\(array.name)\": "
      array.append(to: &text)
    }
    return text + "}}"
  }

  private static func call(_ line: CallOptions) throws -> Reply {
    let names = calls.keys.sorted()
    guard let name = try line.text("call") else {
      throw CallFailure("\"call\" is missing; expected one of \(names.joined(separator: ", "))")
    }
    guard let call = calls[name] else {
      throw CallFailure(
        "call: found \(JSONText.quoted(name.shortened(to: 60))); expected one of "
          + names.joined(separator: ", ") + NearestName.hint(name, among: names))
    }
    try line.requireKnown(["id", "call", "options"] + call.members)
    return try call.answer(LineCall(line: line))
  }

  private static let calls: [String: Call] = [
    "catalogue": Call { _ in Catalogue.reply() },
    "model_from_file": Call("path") {
      try ModelSession.open(path: $0.required("path"), $0.options)
    },
    "model_from_text": Call("text", "name") {
      try ModelSession.open($0.input(default: "text"), options: $0.options)
    },
    "model_from_arrays": Call(
      "name", "discount", "transitions", "rewards", "initial", "terminal", "available"
    ) { call in
      try ModelSession.open(options: call.options) { (decimals) throws(CallFailure) in
        try call.model(decimals)
      }
    },
    "model_write": Call("handle") { try $0.model().write($0.options) },
    "close": Call("handle") {
      try Sessions.close($0.handle())
      return .empty()
    },
    "resolve_policy": Call("handle", "policy") {
      try $0.model().resolve($0.policy("policy"), $0.options)
    },
    "solve": Call("handle", "policy") { try $0.model().solve($0.policy("policy"), $0.options) },
    "check": Call("handle", "current", "candidate") {
      try $0.model().check(from: $0.policy("current"), to: $0.policy("candidate"), $0.options)
    },
    "certificate": Call("handle", "current", "candidate") {
      try $0.model().certificate(
        from: $0.policy("current"), to: $0.policy("candidate"), $0.options)
    },
    "improve": Call("handle", "start", "policy") {
      try $0.model().improve($0.policy($0.has("start") ? "start" : "policy"), $0.options)
    },
    "audit_open": Call("handle") { try AuditSession.open($0.model(), $0.options) },
    "audit_step": Call("handle", "policy") {
      try Sessions.audit($0.handle()).step($0.policy("policy"), $0.options)
    },
    "audit_document": Call("handle") { try Sessions.audit($0.handle()).document() },
    "validate": Call("text", "name", "handle") { call in
      let handle = call.has("handle") ? try call.handle() : 0
      return try Catalogue.validate(
        call.input(default: "text"), against: handle == 0 ? nil : try Sessions.model(handle),
        call.options)
    },
    "environment_open": Call("name") {
      try EnvironmentSession.open($0.required("name"), $0.options)
    },
    "environment_of_model": Call("handle") {
      try EnvironmentSession.open(TrainingWorld($0.model().model.document), $0.options)
    },
    "rollout": Call("handle", "parameters") {
      try Sessions.environment($0.handle()).rollout($0.array("parameters"), $0.options)
    },
    "environment_states": Call("handle") { try Sessions.environment($0.handle()).states() },
    "environment_restart": Call("handle", "states") {
      try Sessions.environment($0.handle()).restart($0.optionalArray("states"))
    },
    "environment_step": Call("handle", "actions") {
      try Sessions.environment($0.handle()).step($0.array("actions"))
    },
  ]
}
