public import CMonotone
internal import MonotoneReports
internal import MonotoneFiles
internal import TrainingRuns

// The functions of `monotone.h`, which says what they do. Each takes its arguments apart and hands them to a
// session; what goes wrong anywhere becomes the reply.

/// A reply to C.
public typealias CReply = UnsafeMutablePointer<monotone_reply>
/// A text from C.
public typealias CText = UnsafePointer<CChar>
/// A policy from C.
public typealias CPolicy = UnsafePointer<monotone_policy>

// MARK: The library

@_cdecl("monotone_abi_version")
public func monotoneABIVersion() -> Int32 { Int32(MONOTONE_ABI_VERSION) }

@_cdecl("monotone_version")
public func monotoneVersion() -> CText {
  let version: StaticString = ToolVersion.literal
  return UnsafeRawPointer(version.utf8Start).assumingMemoryBound(to: CChar.self)
}

@_cdecl("monotone_catalogue")
public func monotoneCatalogue() -> CReply { ReplyOwner.reply { Catalogue.reply() } }

// MARK: Replies

@_cdecl("monotone_reply_json")
public func monotoneReplyJSON(_ reply: CReply?, _ length: UnsafeMutablePointer<Int64>?) -> CText? {
  guard let owner = reply?.pointee.owner else { return nil }
  let text = Unmanaged<ReplyOwner>.fromOpaque(owner).takeUnretainedValue().document()
  length?.pointee = Int64(text.count - 1)
  return text.baseAddress
}

@_cdecl("monotone_reply_free")
public func monotoneReplyFree(_ reply: CReply?) {
  guard let reply else { return }
  if let owner = reply.pointee.owner { Unmanaged<ReplyOwner>.fromOpaque(owner).release() }
  reply.deallocate()
}

// MARK: Models

@_cdecl("monotone_model_from_file")
public func monotoneModelFromFile(_ path: CText?, _ options: CText?) -> CReply {
  ReplyOwner.reply {
    try ModelSession.open(
      path: try Argument.required(path, "path"), try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_model_from_bytes")
public func monotoneModelFromBytes(
  _ bytes: UnsafeRawPointer?, _ length: Int64, _ name: CText?, _ options: CText?
) -> CReply {
  ReplyOwner.reply {
    try ModelSession.open(
      try Argument.bytes(bytes, length, try Argument.text(name, "name") ?? "bytes"),
      options: try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_model_from_arrays")
public func monotoneModelFromArrays(
  _ arrays: UnsafePointer<monotone_model_arrays>?, _ options: CText?
) -> CReply {
  ReplyOwner.reply {
    try ModelSession.open(options: try Argument.text(options, "options")) {
      (decimals) throws(CallFailure) in try Argument.model(arrays, decimals)
    }
  }
}

@_cdecl("monotone_model_write")
public func monotoneModelWrite(_ model: UInt64, _ options: CText?) -> CReply {
  ReplyOwner.reply {
    try Sessions.model(model).write(try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_close")
public func monotoneClose(_ handle: UInt64) -> CReply {
  ReplyOwner.reply {
    try Sessions.close(handle)
    return .empty()
  }
}

// MARK: Policies

@_cdecl("monotone_resolve_policy")
public func monotoneResolvePolicy(_ model: UInt64, _ policy: CPolicy?, _ options: CText?) -> CReply
{
  ReplyOwner.reply {
    try Sessions.model(model).resolve(
      try Argument.policy(policy, "policy"), try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_solve")
public func monotoneSolve(_ model: UInt64, _ policy: CPolicy?, _ options: CText?) -> CReply {
  ReplyOwner.reply {
    try Sessions.model(model).solve(
      try Argument.policy(policy, "policy"), try Argument.text(options, "options"))
  }
}

// MARK: Updates

@_cdecl("monotone_check")
public func monotoneCheck(
  _ model: UInt64, _ current: CPolicy?, _ candidate: CPolicy?, _ options: CText?
) -> CReply {
  ReplyOwner.reply {
    try Sessions.model(model).check(
      from: try Argument.policy(current, "current"),
      to: try Argument.policy(candidate, "candidate"), try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_certificate")
public func monotoneCertificate(
  _ model: UInt64, _ current: CPolicy?, _ candidate: CPolicy?, _ options: CText?
) -> CReply {
  ReplyOwner.reply {
    try Sessions.model(model).certificate(
      from: try Argument.policy(current, "current"),
      to: try Argument.policy(candidate, "candidate"), try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_improve")
public func monotoneImprove(_ model: UInt64, _ start: CPolicy?, _ options: CText?) -> CReply {
  ReplyOwner.reply {
    try Sessions.model(model).improve(
      try Argument.policy(start, "start"), try Argument.text(options, "options"))
  }
}

// MARK: Audits

@_cdecl("monotone_audit_open")
public func monotoneAuditOpen(_ model: UInt64, _ options: CText?) -> CReply {
  ReplyOwner.reply {
    try AuditSession.open(try Sessions.model(model), try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_audit_step")
public func monotoneAuditStep(_ audit: UInt64, _ policy: CPolicy?, _ options: CText?) -> CReply {
  ReplyOwner.reply {
    try Sessions.audit(audit).step(
      try Argument.policy(policy, "policy"), try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_audit_document")
public func monotoneAuditDocument(_ audit: UInt64) -> CReply {
  ReplyOwner.reply { try Sessions.audit(audit).document() }
}

// MARK: Files and environments

@_cdecl("monotone_validate")
public func monotoneValidate(
  _ bytes: UnsafeRawPointer?, _ length: Int64, _ name: CText?, _ model: UInt64, _ options: CText?
) -> CReply {
  ReplyOwner.reply {
    try Catalogue.validate(
      try Argument.bytes(bytes, length, try Argument.text(name, "name") ?? "bytes"),
      against: model == 0 ? nil : try Sessions.model(model),
      try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_environment_open")
public func monotoneEnvironmentOpen(_ name: CText?, _ options: CText?) -> CReply {
  ReplyOwner.reply {
    try EnvironmentSession.open(
      try Argument.required(name, "name"), try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_environment_of_model")
public func monotoneEnvironmentOfModel(_ model: UInt64, _ options: CText?) -> CReply {
  ReplyOwner.reply {
    try EnvironmentSession.open(
      TrainingWorld(try Sessions.model(model).model.document),
      try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_rollout")
public func monotoneRollout(
  _ environment: UInt64, _ parameters: UnsafePointer<monotone_array>?, _ options: CText?
) -> CReply {
  ReplyOwner.reply {
    guard let array = try Argument.array(parameters, "parameters") else {
      throw CallFailure("parameters: NULL")
    }
    return try Sessions.environment(environment).rollout(
      array, try Argument.text(options, "options"))
  }
}

@_cdecl("monotone_environment_states")
public func monotoneEnvironmentStates(_ environment: UInt64) -> CReply {
  ReplyOwner.reply { try Sessions.environment(environment).states() }
}

@_cdecl("monotone_environment_restart")
public func monotoneEnvironmentRestart(
  _ environment: UInt64, _ states: UnsafePointer<monotone_array>?
) -> CReply {
  ReplyOwner.reply {
    try Sessions.environment(environment).restart(try Argument.array(states, "states"))
  }
}

@_cdecl("monotone_environment_step")
public func monotoneEnvironmentStep(
  _ environment: UInt64, _ actions: UnsafePointer<monotone_array>?
) -> CReply {
  ReplyOwner.reply {
    guard let array = try Argument.array(actions, "actions") else {
      throw CallFailure("actions: NULL")
    }
    return try Sessions.environment(environment).step(array)
  }
}
