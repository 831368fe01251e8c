// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "Monotone", path: "..")],
  targets: [
    // The library under its bare calls: the floor that the toolkit is measured against.
    .systemLibrary(name: "CBareLAPACK", pkgConfig: "lapacke"),
    .executableTarget(
      name: "bench",
      dependencies: [
        "CBareLAPACK",
        .product(name: "Monotone", package: "Monotone"),
        .product(name: "MDPTesting", package: "Monotone"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error)]),
    // How fast policies are followed: environment steps a second.
    .executableTarget(
      name: "rollout-bench", dependencies: [.product(name: "Monotone", package: "Monotone")],
      swiftSettings: [.treatAllWarnings(as: .error)]),
    // How fast robots are stepped: processor time, and the same steps for a bare loop in C.
    .executableTarget(
      name: "robot-bench", dependencies: [.product(name: "Monotone", package: "Monotone")],
      swiftSettings: [.treatAllWarnings(as: .error)]),
    // Writes LOCOMOTION.md from the results of runs.
    .executableTarget(
      name: "locomotion-report",
      dependencies: ["RunPages", .product(name: "Monotone", package: "Monotone")],
      swiftSettings: [.treatAllWarnings(as: .error)]),
    // Writes PIXELS.md likewise.
    .executableTarget(
      name: "pixels-report",
      dependencies: ["RunPages", .product(name: "Monotone", package: "Monotone")],
      swiftSettings: [.treatAllWarnings(as: .error)]),
    // What pages about training runs have in common.
    .target(
      name: "RunPages", dependencies: [.product(name: "Monotone", package: "Monotone")],
      swiftSettings: [.treatAllWarnings(as: .error)]),
    // What the bridge to Gymnasium costs; `bridge.py` runs it.
    .executableTarget(
      name: "bridge-bench", dependencies: [.product(name: "Monotone", package: "Monotone")],
      swiftSettings: [.treatAllWarnings(as: .error)]),
    // What `make leaks` watches under valgrind.
    .executableTarget(
      name: "repeat-checks", dependencies: [.product(name: "Monotone", package: "Monotone")],
      swiftSettings: [.treatAllWarnings(as: .error)]),
  ],
  swiftLanguageModes: [.v6]
)
