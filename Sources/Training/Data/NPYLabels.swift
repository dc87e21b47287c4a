// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Labels in an NPY file: a vector of whole numbers of any width, signed or not, in either order of
/// bytes.
struct NPYLabels: Equatable {
  /// The name of the file.
  let path: String
  /// The labels as they are in the file; none is negative.
  let values: [Int]

  /// Reads the file at `path`, all of it: eight bytes an item.
  ///
  /// - Throws: `DataError` naming the first label that is negative or too large.
  init(path: String) throws(DataError) {
    let file = try NPYFile(
      path, dimensionCount: 1, what: "labels are a vector", expected: "whole numbers",
      elementSize: { type in IntegerType(type)?.size })
    guard let type = IntegerType(file.header.type) else {
      preconditionFailure("the type was checked when the file was opened")
    }
    var bytes = [UInt8](repeating: 0, count: file.count * type.size)
    var problem: DataError?
    unsafe bytes.withUnsafeMutableBytes { buffer in
      do throws(DataError) {
        try unsafe file.read(first: 0, count: file.count, into: buffer)
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    self.path = path
    var values: [Int] = []
    values.reserveCapacity(file.count)
    for item in 0..<file.count {
      let element = bytes[item * type.size..<(item + 1) * type.size]
      guard let value = type.value(element), value >= 0 else {
        let text = type.text(element)
        throw DataError(
          source: path, problem: "label \(item) is \(text), but must be from 0 to \(Int.max)")
      }
      values.append(value)
    }
    self.values = values
  }

  /// A type of NPY such as `<i8` or `|u1`.
  struct IntegerType {
    let size: Int
    let isSigned: Bool
    let isBigEndian: Bool

    init?(_ text: String) {
      let parts = Array(text)
      guard parts.count == 3, "<>|=".contains(parts[0]), "iu".contains(parts[1]),
        let size = parts[2].wholeNumberValue, [1, 2, 4, 8].contains(size)
      else { return nil }
      // Bytes have no order; of wider elements it must be known.
      guard size == 1 || "<>".contains(parts[0]) else { return nil }
      self.size = size
      isSigned = parts[1] == "i"
      isBigEndian = parts[0] == ">"
    }

    /// All 64 bits, the sign extended.
    private func bits(_ element: ArraySlice<UInt8>) -> UInt64 {
      let ordered = isBigEndian ? Array(element) : element.reversed()
      let isNegative = isSigned && ordered[0] >= 0x80
      return ordered.reduce(isNegative ? .max : 0) { $0 << 8 | UInt64($1) }
    }

    /// The number; nil if it is too large for `Int`.
    func value(_ element: ArraySlice<UInt8>) -> Int? {
      isSigned ? Int(bitPattern: UInt(bits(element))) : Int(exactly: bits(element))
    }

    /// The number as text.
    func text(_ element: ArraySlice<UInt8>) -> String {
      isSigned ? "\(Int64(bitPattern: bits(element)))" : "\(bits(element))"
    }
  }
}
