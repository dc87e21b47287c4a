// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@testable import Training

/// NPY files made for tests.
enum NPY {
  /// A file of version 1.0 with the header text as NumPy pads it.
  static func file(_ header: String, version: [UInt8] = [1, 0], _ elements: [UInt8]) -> [UInt8] {
    let size = version[0] == 1 ? 2 : 4
    let used = 8 + size + header.utf8.count + 1
    let text = header + String(repeating: " ", count: (64 - used % 64) % 64) + "\n"
    let length = (0..<size).map { UInt8(truncatingIfNeeded: text.utf8.count >> (8 * $0)) }
    return [0x93] + Array("NUMPY".utf8) + version + length + Array(text.utf8) + elements
  }

  /// The header of an array.
  static func header(_ type: String, _ shape: [Int], isFortranOrder: Bool = false) -> String {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let order = isFortranOrder ? "True" : "False"
    return "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(sizes)), }"
  }

  /// A file with the bytes of some integers, least significant first.
  static func labels(_ values: [Int], type: String = "<i8") -> [UInt8] {
    let size = type.last?.wholeNumberValue ?? 8
    return file(
      header(type, [values.count]),
      values.flatMap { value in
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      })
  }

  /// A file with the rows of a matrix in single precision.
  static func features(_ matrix: Matrix) -> [UInt8] {
    file(
      header("<f4", [matrix.rows, matrix.columns]),
      matrix.elements.elements.flatMap { element in
        (0..<4).map { UInt8(truncatingIfNeeded: element.bitPattern >> (8 * $0)) }
      })
  }
}

/// The error that `body` throws, as text.
func failure(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}
