// swift-tools-version: 6.2
// SPDX-License-Identifier: MIT

import PackageDescription

let package = Package(
  name: "dependant",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "upsilon", path: "../..")],
  targets: [
    .executableTarget(
      name: "Dependant",
      dependencies: [
        .product(name: "ArbitraryPrecision", package: "upsilon"),
        .product(name: "Bounds", package: "upsilon"),
        .product(name: "Labels", package: "upsilon"),
        .product(name: "Measurements", package: "upsilon"),
        .product(name: "Occupancy", package: "upsilon"),
        .product(name: "Training", package: "upsilon"),
      ]
    )
  ]
)
