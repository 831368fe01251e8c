import Foundation
import MDPCore
import MDPFormats

import MonotoneFiles
@testable import NeuralTRPO

/// Models of `mdps/`, as tests sample them.
enum Models {
  static func document(_ name: String) -> MDPDocument {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../mdps/\(name).json").standardized
    do {
      return try MDPReader.read(InputBytes(path: file.path))
    } catch {
      fatalError("\(file.path): \(error)")
    }
  }

  static func float(_ name: String) -> FloatMDP {
    do { return try FloatMDP(document(name)) } catch { fatalError("\(name): \(error)") }
  }

  /// A model written out in a test.
  static func sampled(text: String, timeLimit: Int?) -> SampledMDP {
    do {
      return SampledMDP(
        try FloatMDP(MDPReader.read(InputBytes(text, name: "test"))), timeLimit: timeLimit)
    } catch {
      fatalError("\(error)")
    }
  }

  static func sampled(_ name: String, timeLimit: Int?) -> SampledMDP {
    SampledMDP(float(name), timeLimit: timeLimit)
  }
}
