import MDPFormats
import MonotoneFiles

/// Seconds that a piece of work takes.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  let duration = try ContinuousClock().measure(work)
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

/// Runs tasks, keeping what they prepare from one run to the next.
final class Worker {
  private var chains: [Int: ChainTask] = [:]
  private var backups: [Int: BackupTask] = [:]
  private var exacts: [String: ExactTask] = [:]
  private var small: SmallTask?
  private var rules: RuleTask?
  private var claims: ClaimTask?
  private var updates: [String: UpdateTask] = [:]
  private var convolutions: [String: ConvolutionTask] = [:]

  func run(_ task: String, _ argument: String) throws -> Double {
    let order = Int(argument) ?? 0
    switch task {
    case "chain": return try chain(order).ours()
    case "bare-chain": return try chain(order).bare()
    case "backup": return try backup(order).ours()
    case "bare-backup": return try backup(order).bare()
    case "evaluate": return try backup(order).evaluate()
    case "enclose": return try backup(order).enclose()
    case "condition": return try backup(order).condition()
    case "certify": return try backup(order).certify()
    case "exact": return try exact(argument).ours()
    case "small":
      let task = try small ?? SmallTask()
      small = task
      return try task.ours()
    case "screen": return try claimTask().screen()
    case "certified-check": return try claimTask().certify()
    case "rule": return try ruleTask().propose(argument)
    case "rule-evaluate": return try ruleTask().evaluate()
    case "update": return try update(argument).update(fisherShare: 1)
    case "update-tenth": return try update(argument).update(fisherShare: 0.1)
    case "product": return try update(argument).product()
    case "bare-product": return try update(argument).bareProduct()
    case "bare-layers": return try update(argument).bareLayers()
    case "convolution": return try convolution(argument).ours()
    case "bare-convolution": return try convolution(argument).bare()
    case "convolution-error": return try convolution(argument).error()
    case "read": return try seconds { _ = try MDPReader.read(try InputBytes(path: argument)) }
    default: fatalError("unknown task \(task)")
    }
  }

  private func claimTask() -> ClaimTask {
    let task = claims ?? ClaimTask()
    claims = task
    return task
  }

  private func ruleTask() throws -> RuleTask {
    let task = try rules ?? RuleTask()
    rules = task
    return task
  }

  private func convolution(_ file: String) throws -> ConvolutionTask {
    let task = try convolutions[file] ?? ConvolutionTask(file: file)
    convolutions[file] = task
    return task
  }

  private func update(_ file: String) throws -> UpdateTask {
    let task = try updates[file] ?? UpdateTask(file: file)
    updates[file] = task
    return task
  }

  private func chain(_ order: Int) throws -> ChainTask {
    let task = try chains[order] ?? ChainTask(order: order)
    chains[order] = task
    return task
  }

  private func exact(_ file: String) throws -> ExactTask {
    let task = try exacts[file] ?? ExactTask(file: file)
    exacts[file] = task
    return task
  }

  private func backup(_ order: Int) throws -> BackupTask {
    let task = try backups[order] ?? BackupTask(order: order)
    backups[order] = task
    return task
  }
}
