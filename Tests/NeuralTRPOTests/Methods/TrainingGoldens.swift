import Foundation

/// What PyTorch and NumPy computed: `Tools/make_training_goldens.py`.
enum TrainingGoldens {
  static func load<Golden: Decodable>(_ name: String, as type: Golden.Type) throws -> Golden {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Goldens/training").standardized
}
