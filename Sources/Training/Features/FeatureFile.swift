// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Features in an NPY file, (items, width), read row by row where they are needed.
///
/// Rows are divided by their lengths, in double precision, whatever the file has: the bounds are
/// about unit features. Not synchronized: used from one thread.
final class FeatureFile: FeatureRows {
  /// How many bytes are read at a time where neighbouring rows are wanted.
  static let blockBytes = 1 << 20

  let file: NPYFile
  private let type: FloatType
  private let buffer: FloatBuffer

  var rows: Int { file.count }
  var columns: Int { file.itemSize }

  /// Opens a file; only its header is read.
  ///
  /// - Throws: `DataError` if it cannot be read or is not a matrix of floating-point numbers.
  init(path: String) throws(DataError) {
    file = try NPYFile(
      path, dimensionCount: 2, what: "features are an array of items and features",
      expected: "floating-point numbers of 16, 32 or 64 bits",
      elementSize: { type in FloatType(type)?.size })
    guard let type = FloatType(file.header.type) else {
      preconditionFailure("the type was checked when the file was opened")
    }
    self.type = type
    let rowBytes = file.itemSize * type.size
    let blockRows = max(1, min(Self.blockBytes / rowBytes, file.count))
    buffer = FloatBuffer(rowBytes: rowBytes, columns: file.itemSize, rows: blockRows)
  }

  /// Bytes of memory that it takes.
  var memory: Int { buffer.byteCount }

  func copy(_ items: ArraySlice<Int>, into result: Matrix) throws(DataError) {
    precondition(result.columns == columns, "\(columns) features")
    var position = items.startIndex
    while position < items.endIndex {
      // Rows that lie one after another are read together.
      var end = position + 1
      while end < items.endIndex, end - position < buffer.rows, items[end] == items[end - 1] + 1 {
        end += 1
      }
      try unsafe file.read(first: items[position], count: end - position, into: buffer.bytes)
      for row in position..<end {
        let target = result[row: row - items.startIndex]
        try normalize(row - position, of: items[row], into: target)
      }
      position = end
    }
  }

  /// Writes row `row` of the buffer, divided by its length.
  private func normalize(_ row: Int, of item: Int, into target: FloatVector) throws(DataError) {
    guard let start = unsafe buffer.bytes.baseAddress else { return }
    let (values, count) = unsafe (buffer.values, columns)
    unsafe type.convert(start + row * count * type.size, count: count, into: values)
    var squares = unsafe Self.sumOfSquares(values, count: count)
    if !squares.isNormal || squares > 0x1p1000 {
      // Numbers so large or small that their squares are not: scaled by a power of 2, exactly.
      var largest = 0.0
      for i in 0..<count { unsafe largest = max(largest, abs(values[i])) }
      let isFinite = (0..<count).allSatisfy { unsafe values[$0].isFinite }
      guard isFinite, largest > 0 else {
        let problem = isFinite ? "is zero" : "has an element that is not finite"
        throw DataError(source: file.path, problem: "row \(item) \(problem)")
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

/// Memory for rows as they are in a file, and for one row of numbers.
@safe private final class FloatBuffer {
  /// How many rows it has room for.
  let rows: Int
  let byteCount: Int
  let bytes: UnsafeMutableRawBufferPointer
  let values: UnsafeMutablePointer<Double>

  init(rowBytes: Int, columns: Int, rows: Int) {
    self.rows = rows
    byteCount = rows * rowBytes + 8 * columns
    unsafe bytes = .allocate(byteCount: rows * rowBytes, alignment: 16)
    unsafe values = .allocate(capacity: columns)
    unsafe values.initialize(repeating: 0, count: columns)
  }

  deinit {
    unsafe bytes.deallocate()
    unsafe values.deallocate()
  }
}
