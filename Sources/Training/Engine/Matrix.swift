// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A row-major matrix of floats without gaps. Copies and slices of rows share the memory.
package struct Matrix {
  /// All elements, row by row.
  package let elements: FloatVector
  let rows: Int
  let columns: Int

  /// A matrix of zeros in memory of its own.
  package init(rows: Int, columns: Int) {
    self.init(FloatVector(count: rows * columns), rows: rows, columns: columns)
  }

  /// The elements of a vector as a matrix, in the same memory.
  init(_ elements: FloatVector, rows: Int, columns: Int) {
    precondition(elements.count == rows * columns, "(\(rows), \(columns)) of \(elements.count)")
    self.elements = elements
    self.rows = rows
    self.columns = columns
  }

  package subscript(row: Int, column: Int) -> Float {
    get {
      precondition(0 <= column && column < columns, "column \(column) of \(columns)")
      return elements[row * columns + column]
    }
    nonmutating set {
      precondition(0 <= column && column < columns, "column \(column) of \(columns)")
      elements[row * columns + column] = newValue
    }
  }

  /// The rows in `range`, in the same memory.
  subscript(rows range: Range<Int>) -> Matrix {
    let part = elements[range.lowerBound * columns..<range.upperBound * columns]
    return Matrix(part, rows: range.count, columns: columns)
  }

  /// One row, in the same memory.
  subscript(row row: Int) -> FloatVector { elements[row * columns..<(row + 1) * columns] }

  /// The address of the first element; valid as long as a matrix that shares its memory.
  @unsafe package var pointer: UnsafeMutablePointer<Float> { unsafe elements.pointer }
}
