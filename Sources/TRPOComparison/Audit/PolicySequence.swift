internal import MonotoneFiles
internal import MDPGuarantees
internal import MDPFormats
internal import MDPVerification

/// The policies of an audit in order: each argument is one, or a file of several.
struct PolicySequence {
  private enum Member {
    case argument(String)
    case plane(PolicyStack, index: Int, file: String)
  }

  private let members: [Member]
  private let resolver: PolicyResolver

  /// Finds out how many there are; each is read when it is asked for, and what is wrong with a file is said
  /// then.
  init(_ arguments: [String], of model: LoadedModel, monitor: RunMonitor) throws {
    resolver = PolicyResolver(model, monitor: monitor)
    members = try arguments.flatMap { argument -> [Member] in
      guard case .file(let path) = try PolicyExpression(argument: argument), path.hasSuffix(".npy"),
        let stack = try? InputFile.stack(path, for: model.document, model.reading)
      else { return [.argument(argument)] }
      return (0..<stack.count).map { .plane(stack, index: $0, file: path) }
    }
  }

  /// How many there are.
  var count: Int { members.count }

  /// Reads one; those of a stack are called by its file and their place in it.
  func policy(_ index: Int) throws -> NamedPolicy {
    switch members[index] {
    case .argument(let argument): return try resolver.policy(argument)
    case .plane(let stack, let index, let file):
      do throws(InvalidInput) {
        let document = try stack.policy(index)
        return NamedPolicy(
          name: "\(file)[\(index)]", policy: document.policy, normalised: document.normalised)
      } catch {
        throw RunFailure(error)
      }
    }
  }
}
