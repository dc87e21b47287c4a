// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Labels
import Testing

@testable import Training

@Suite struct DataSetImbalanceTests {
  @Test(arguments: [("cifar-10-lt-100", 10, 5000), ("cifar-100-lt-100", 100, 500)])
  func `sizes are those of the long-tailed CIFAR sets`(name: String, classes: Int, size: Int) throws
  {
    let found = DataSet.longTailed(
      [Int](repeating: size, count: classes), ranked: Array(0..<classes), factor: 100)
    #expect(found == found.sorted(by: >) && found[0] == size && found[classes - 1] == size / 100)
    let law = try #require(BuiltInLaw.named(name)).distribution
    #expect(try LabelDistribution(counts: found) == law)
  }

  @Test func `sizes are the floor of max F^(-r/(C-1)), also where that is a whole number`() {
    // m^(C-1) F^r <= max^(C-1) < (m + 1)^(C-1) F^r in whole numbers.
    for (largest, factor, count) in [(81, 81, 5), (64, 8, 4), (100, 10, 3), (1000, 7, 6)] {
      let found = DataSet.longTailed(
        [Int](repeating: largest, count: count), ranked: Array(0..<count), factor: Double(factor))
      func power(_ base: Int, _ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { result, _ in result * base }
      }
      for (rank, size) in found.enumerated() {
        let whole = power(largest, count - 1)
        #expect(power(size, count - 1) * power(factor, rank) <= whole)
        #expect(power(size + 1, count - 1) * power(factor, rank) > whole)
      }
    }
  }

  @Test func `classes are ranked by size, keep at most what they have and at least one item`() {
    #expect(DataSet.longTailed([10, 40, 20], ranked: [1, 2, 0], factor: 4) == [10, 40, 20])
    #expect(DataSet.longTailed([10, 40, 20], ranked: [1, 2, 0], factor: 100) == [1, 40, 4])
    #expect(DataSet.longTailed([7], ranked: [0], factor: 100) == [7])
  }

  @Test func `both parts are cut by the same ranks, the same items in every run`() throws {
    let data = DataSet(.digits)
    let long = data.imbalanced(by: 50)
    let (training, validation) = (long.trainingSizes, long.validationSizes)
    #expect(validation.max() == 52 && validation.min() == 1 && long.name == "digits-lt-50")
    #expect(data.imbalanced(by: 1.5).name == "digits-lt-1.5")
    let byTraining = training.indices.sorted { (-training[$0], $0) < (-training[$1], $1) }
    #expect(byTraining.map { validation[$0] } == validation.sorted(by: >))
    #expect(training.max() == data.trainingSizes.max() && training.min() == 2)
    #expect(data.imbalanced(by: 50).fingerprint == long.fingerprint)
    #expect(long.fingerprint != data.fingerprint)
    // Every item is one of the whole set's, in its order.
    let row = FloatVector(count: 64)
    func rows(_ items: any ItemSource) -> [[Float]] {
      (0..<items.count).map { item in
        items.write(item, into: row)
        return row.elements
      }
    }
    var rest = rows(data.validation)[...]
    for wanted in rows(long.validation) {
      let place = try #require(rest.firstIndex(of: wanted))
      rest = rest[(place + 1)...]
    }
  }

  @Test func `texts too are cut, and 1 keeps equal classes whole`() throws {
    let data = try DataSet.smallTexts(training: 60, validation: 30)
    #expect(data.imbalanced(by: 1).trainingSizes == [20, 20, 20])
    #expect(data.imbalanced(by: 4).trainingSizes == [20, 10, 5])
    #expect(data.imbalanced(by: 4).validationSizes == [10, 5, 2])
    #expect(data.imbalanced(by: 4).kind == .texts)
  }
}
