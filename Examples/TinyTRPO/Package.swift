// swift-tools-version: 6.2

import PackageDescription

// A small TRPO that somebody else might have written, tested with MDPTesting.

let package = Package(
  name: "TinyTRPO",
  dependencies: [.package(name: "Monotone", path: "../..")],
  targets: [
    .target(name: "TinyTRPO"),
    .testTarget(
      name: "TinyTRPOTests",
      dependencies: [
        "TinyTRPO", .product(name: "MDPTesting", package: "Monotone"),
        .product(name: "MDPTesting", package: "Monotone"),
      ]),
  ]
)
