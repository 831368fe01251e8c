// Times one piece of work at a time, as a driver asks for it on standard input.
//
// Each line is a task and its argument; the answer is the seconds that one run of it took. The
// driver (`Benchmarks/compare.py`) asks for ours and for the peer's in turn, so that a machine
// that slows down slows both.

import Arithmetic
import Foundation
import MDPFormats

let clock = ContinuousClock()

/// Seconds that a piece of work takes.
func seconds(_ work: () throws -> Void) rethrows -> Double {
  let duration = try clock.measure(work)
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

var chains: [Int: ChainTask] = [:]
var backups: [Int: BackupTask] = [:]
var small: SmallTask?

func run(_ task: String, _ argument: String) throws -> Double {
  let order = Int(argument) ?? 0
  switch task {
  case "chain", "bare-chain":
    let chain = try chains[order] ?? ChainTask(order: order)
    chains[order] = chain
    return try task == "chain" ? chain.ours() : chain.bare()
  case "backup", "bare-backup", "evaluate", "enclose", "condition":
    let backup = try backups[order] ?? BackupTask(order: order)
    backups[order] = backup
    switch task {
    case "backup": return backup.ours()
    case "bare-backup": return backup.bare()
    case "evaluate": return try backup.evaluate()
    case "enclose": return backup.enclose()
    default: return backup.condition()
    }
  case "small":
    let task = try small ?? SmallTask()
    small = task
    return try task.ours()
  case "read":
    return try seconds { _ = try MDPReader.read(try InputBytes(path: argument)) }
  default:
    fatalError("unknown task \(task)")
  }
}

while let line = readLine() {
  let words = line.split(separator: " ", maxSplits: 1).map(String.init)
  let elapsed = try run(words[0], words.count > 1 ? words[1] : "")
  print(elapsed)
  fflush(stdout)
}
