// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// One view of a source of features, its rows divided by their lengths.
///
/// That is done in double precision, whatever the source has: the bounds are about unit features.
/// Not synchronized: used from one thread.
final class UnitRows: FeatureRows {
  private let source: any FeatureSource
  private let view: FeatureView
  private let blockRows: Int
  /// Empty until a row is asked for: what cannot be served is refused before it takes memory.
  private var block: [Double] = []

  let rows: Int
  let columns: Int

  init(_ source: any FeatureSource, _ view: FeatureView) {
    self.source = source
    self.view = view
    rows = source.labels.count
    columns = source.width
    blockRows = min(Self.blockRows(width: columns), rows)
  }

  /// How many rows are read at a time: half a megabyte of double precision, or one row.
  static func blockRows(width: Int) -> Int { max(1, (1 << 16) / max(1, width)) }

  /// Bytes of memory of a view.
  static func byteCount(width: Int) -> Double {
    8 * Double(blockRows(width: width)) * Double(width)
  }

  /// What messages call the view.
  var name: String { source.name(of: view) }

  func copy(_ items: ArraySlice<Int>, into result: Matrix) throws(DataError) {
    precondition(result.columns == columns, "\(columns) features")
    if block.isEmpty { block = [Double](repeating: 0, count: blockRows * columns) }
    for start in stride(from: items.startIndex, to: items.endIndex, by: blockRows) {
      let part = items[start..<min(items.endIndex, start + blockRows)]
      try source.read(part, of: view, into: &block)
      for (row, item) in part.enumerated() {
        try normalize(row, of: item, into: result[row: start - items.startIndex + row])
      }
    }
  }

  /// Writes row `row` of the block, divided by its length.
  private func normalize(_ row: Int, of item: Int, into target: FloatVector) throws(DataError) {
    let count = columns
    let problem = unsafe block.withUnsafeMutableBufferPointer { block -> String? in
      guard let start = block.baseAddress else { return nil }
      let values = unsafe start + row * count
      var squares = unsafe Self.sumOfSquares(values, count: count)
      if !squares.isNormal || squares > 0x1p1000 {
        // Numbers so large or small that their squares are not: scaled by a power of 2, exactly.
        var largest = 0.0
        for i in 0..<count { unsafe largest = max(largest, abs(values[i])) }
        let isFinite = (0..<count).allSatisfy { unsafe values[$0].isFinite }
        guard isFinite, largest > 0 else {
          return isFinite ? "is zero" : "has an element that is not finite"
        }
        let exponent = -Int(largest.exponent)
        for i in 0..<count {
          // In two steps, for 2^1074 itself is no number.
          unsafe values[i] *= Double(sign: .plus, exponent: exponent / 2, significand: 1)
          unsafe values[i] *= Double(sign: .plus, exponent: exponent - exponent / 2, significand: 1)
        }
        squares = unsafe Self.sumOfSquares(values, count: count)
      }
      let factor = 1 / squares.squareRoot()
      let floats = unsafe target.pointer
      for i in 0..<count { unsafe floats[i] = Float(values[i] * factor) }
      return nil
    }
    if let problem { throw DataError(source: name, problem: "row \(item) \(problem)") }
  }

  /// In four interleaved sums.
  private static func sumOfSquares(_ values: UnsafePointer<Double>, count: Int) -> Double {
    var sums = SIMD4<Double>(repeating: 0)
    var i = 0
    while i + 4 <= count {
      let four = unsafe UnsafeRawPointer(values + i).loadUnaligned(as: SIMD4<Double>.self)
      sums += four * four
      i += 4
    }
    var total = (sums.x + sums.y) + (sums.z + sums.w)
    while i < count {
      unsafe total += values[i] * values[i]
      i += 1
    }
    return total
  }
}
