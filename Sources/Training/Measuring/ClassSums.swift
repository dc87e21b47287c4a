// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Sums of features by class, in double precision.
struct ClassSums {
  private let width: Int
  private var sums: [Double]
  private var counts: [Int]

  init(classCount: Int, width: Int) {
    self.width = width
    sums = [Double](repeating: 0, count: classCount * width)
    counts = [Int](repeating: 0, count: classCount)
  }

  /// Bytes of the sums and of the means.
  static func byteCount(classCount: Int, width: Int) -> Double {
    Double(classCount) * (8 + (8 + 4) * Double(width))
  }

  /// Adds rows to the sums of their classes.
  ///
  /// - Parameters:
  ///   - features: (rows, d).
  ///   - labels: The class of each row.
  mutating func add(_ features: Matrix, labels: some Collection<Int>) {
    precondition(labels.count == features.rows, "\(labels.count) labels of \(features.rows) rows")
    for (row, label) in labels.enumerated() {
      counts[label] += 1
      for j in 0..<width { sums[label * width + j] += Double(features[row, j]) }
    }
  }

  /// The sums of a class and the number of its rows: d + 1 numbers, each exact.
  subscript(label: Int) -> [Double] {
    get { sums[label * width..<(label + 1) * width] + [Double(counts[label])] }
    set {
      precondition(newValue.count == width + 1, "\(newValue.count) numbers of a class")
      sums.replaceSubrange(label * width..<(label + 1) * width, with: newValue.dropLast())
      counts[label] = Int(newValue[width])
    }
  }

  /// The means, (C, d); every class has a row.
  var means: Matrix {
    let result = Matrix(rows: counts.count, columns: width)
    for (label, count) in counts.enumerated() {
      for j in 0..<width { result[label, j] = Float(sums[label * width + j] / Double(count)) }
    }
    return result
  }
}
