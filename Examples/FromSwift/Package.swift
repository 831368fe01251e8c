// swift-tools-version: 6.2

import PackageDescription

// Every main job of Monotone, called from Swift: one short file each.

let package = Package(
  name: "FromSwift",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "Monotone", path: "../..")],
  targets: [
    .target(
      name: "FromSwift",
      dependencies: [
        .product(name: "Monotone", package: "Monotone"),
        .product(name: "MDPFalsification", package: "Monotone"),
      ]),
    .testTarget(
      name: "FromSwiftTests",
      dependencies: ["FromSwift", .product(name: "Monotone", package: "Monotone")]),
  ]
)
