import Foundation
import MonotoneFiles
import TestSupport
import Testing

@testable import Simulators

@Suite("MuJoCo's library and models")
struct MuJoCoInstallationTests {
  @Test("A library that is none is refused with what to do")
  func noLibrary() throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("libmujoco.so").path
      let cases: [(String?, String)] = [(nil, "No such file"), ("no library", "libmujoco.so: ")]
      for (contents, words) in cases {
        if let contents { try Data(contents.utf8).write(to: URL(fileURLWithPath: file)) }
        let failure = try #require(throws: RunFailure.self) { try MuJoCoLibrary(file) }
        #expect(failure.cause == .unreadable)
        #expect(failure.message.contains(file) && failure.message.contains("make mujoco"))
        #expect(failure.message.contains(words))
      }
    }
  }

  @Test("A library without the functions is refused by the name of one")
  func otherLibrary() throws {
    let failure = try #require(throws: RunFailure.self) { try MuJoCoLibrary(Self.mathematics) }
    #expect(failure.cause == .badData)
    #expect(failure.message.contains("has no function mj_"), "\(failure.message)")
  }

  /// A library that every program has.
  private static var mathematics: String {
    let places = ["/lib", "/usr/lib"].flatMap { root in
      ["x86_64-linux-gnu", "aarch64-linux-gnu"].map { "\(root)/\($0)/libm.so.6" }
    }
    return places.first { FileManager.default.fileExists(atPath: $0) } ?? "/usr/lib/libm.dylib"
  }

  @Test("A model that is none is refused", .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
  func models() throws {
    let library = try Robots.installation().library
    try TemporaryFolder.with { folder in
      let installation = MuJoCoInstallation(library: library, models: folder.path)
      let missing = try #require(throws: RunFailure.self) {
        try RobotEnvironment(.hopper, installation)
      }
      #expect(missing.cause == .unreadable && missing.message.contains("hopper.xml"))
      let file = folder.appendingPathComponent("hopper.xml")
      try Data("<mujoco><worldbody><geom size='-1'/></worldbody></mujoco>".utf8).write(to: file)
      let refused = try #require(throws: RunFailure.self) {
        try RobotEnvironment(.hopper, installation)
      }
      #expect(refused.cause == .badData)
      #expect(refused.message.contains("refuses the model") && refused.message.contains(file.path))
      // One that MuJoCo takes, and that is no hopper.
      try Data(
        """
        <mujoco><worldbody><body><joint name="j" type="hinge"/><geom size="1"/></body></worldbody>\
        <actuator><motor joint="j"/></actuator></mujoco>
        """.utf8
      ).write(to: file)
      let other = try #require(throws: RunFailure.self) {
        try RobotEnvironment(.hopper, installation)
      }
      #expect(other.message.contains("found 1 controls"), "\(other.message)")
    }
  }
}
