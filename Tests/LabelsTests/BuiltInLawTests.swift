// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Labels

@Suite struct BuiltInLawTests {
  @Test func `the laws are listed in their documented order`() {
    #expect(
      BuiltInLaw.all.map(\.name) == [
        "binary", "ag-news", "cifar-10", "cifar-100", "wiki-3029", "imagenet-1k", "imagenet-lt",
        "places-lt", "inaturalist-2018", "cifar-10-lt-100", "cifar-100-lt-100", "banking77",
        "mnist", "digits",
      ])
  }

  @Test(arguments: BuiltInLaw.all)
  func `every law is found by its name`(law: BuiltInLaw) {
    #expect(BuiltInLaw.named(law.name) == law)
    #expect(BuiltInLaw.named(law.name.uppercased()) == law)
    #expect("\(law)" == law.name)
  }

  @Test(arguments: ["", "cifar", "CIFAR10", "cifar-10 ", "all", "law"])
  func `an unknown name finds nothing`(name: String) {
    #expect(BuiltInLaw.named(name) == nil)
  }

  /// Name, classes, items, distinct sizes, smallest and largest class, from the cited sources.
  static let totals: [(String, Int, Int?, Int, Int?, Int?)] = [
    ("binary", 2, nil, 1, nil, nil),
    ("ag-news", 4, 120_000, 1, 30_000, 30_000),
    ("cifar-10", 10, 50_000, 1, 5_000, 5_000),
    ("cifar-100", 100, 50_000, 1, 500, 500),
    ("wiki-3029", 3_029, 605_800, 1, 200, 200),
    ("imagenet-1k", 1_000, 1_281_167, 92, 732, 1_300),
    ("imagenet-lt", 1_000, 115_846, 310, 5, 1_280),
    ("places-lt", 365, 62_500, 201, 5, 4_980),
    ("inaturalist-2018", 8_142, 437_513, 463, 2, 1_000),
    ("cifar-10-lt-100", 10, 12_406, 10, 50, 5_000),
    ("cifar-100-lt-100", 100, 10_847, 85, 5, 500),
    ("banking77", 77, 10_003, 60, 35, 187),
    ("mnist", 10, 60_000, 10, 5_421, 6_742),
    ("digits", 10, 1_797, 8, 174, 183),
  ]

  @Test(arguments: totals)
  func `classes, items and sizes are those of the data set`(
    name: String, classes: Int, items: Int?, sizes: Int, smallest: Int?, largest: Int?
  ) throws {
    let law = try #require(BuiltInLaw.named(name))
    #expect(law.classes == classes)
    #expect(law.items == items)
    #expect(law.distribution.groups.count == sizes)
    #expect(law.distribution.smallestClass == smallest)
    #expect(law.distribution.largestClass == largest)
  }

  @Test func `the totals cover every law`() {
    #expect(Self.totals.map { $0.0 } == BuiltInLaw.all.map(\.name))
  }

  @Test(arguments: [("cifar-10-lt-100", 10, 5_000.0), ("cifar-100-lt-100", 100, 500.0)])
  func `a long-tailed CIFAR decays geometrically by a factor of 100`(
    name: String, classes: Int, largest: Double
  ) throws {
    // Cui et al.: class c has the integer part of largest * 100^(-c / (classes - 1)) items. The
    // powers are exact enough here by repeated multiplication of the root found by bisection.
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let power = (0..<(classes - 1)).reduce(1.0) { product, _ in product * middle }
      if power < 0.01 { low = middle } else { high = middle }
    }
    var size = largest
    var counts: [Int] = []
    for _ in 0..<classes {
      counts.append(Int(size + 1e-6))
      size *= high
    }
    let law = try #require(BuiltInLaw.named(name))
    #expect(try law.distribution == LabelDistribution(counts: counts))
  }

  @Test(arguments: BuiltInLaw.all)
  func `every source is one line`(law: BuiltInLaw) {
    #expect(!law.source.isEmpty)
    #expect(!law.source.contains { $0.isNewline || $0 == "\"" })
  }
}
