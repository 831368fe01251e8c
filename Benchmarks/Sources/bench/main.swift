// Times one piece of work at a time, as a driver asks for it on standard input.
//
// Each line is a task and its argument; the answer is the seconds that one run of it took. The
// driver (`Benchmarks/compare.py`) asks for ours and for the peer's in turn, so that a machine
// that slows down slows both.

import Foundation

let worker = Worker()
while let line = readLine() {
  let words = line.split(separator: " ", maxSplits: 1).map(String.init)
  let elapsed = try worker.run(words[0], words.count > 1 ? words[1] : "")
  FileHandle.standardOutput.write(Data("\(elapsed)\n".utf8))
}
