// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Kernels
import TestSupport
import Testing

@testable import Training

@Suite struct MultiplyTests {
  /// The product by the definition, and for each element the sum of magnitudes.
  private func naive(
    _ a: Matrix, _ b: Matrix, _ isA: Bool, _ isB: Bool, into c: Matrix, accumulates: Bool
  ) {
    let (rows, columns) = (c.rows, c.columns)
    let depth = isA ? a.rows : a.columns
    unsafe multiplyNaive(
      rows: rows, columns: columns, depth: depth, a: a.pointer, aRow: isA ? 1 : depth,
      aDepth: isA ? rows : 1, b: b.pointer, bDepth: isB ? 1 : columns, bColumn: isB ? depth : 1,
      c: c.pointer, cRow: columns, accumulates: accumulates)
  }

  private func magnitudes(_ matrix: Matrix) -> Matrix {
    Matrix(
      FloatVector(matrix.elements.elements.map(\.magnitude)), rows: matrix.rows,
      columns: matrix.columns)
  }

  /// Checks one shape in all variants; all of one arithmetic give the same bits.
  private func check(
    rows: Int, columns: Int, depth: Int, isA: Bool, isB: Bool, accumulates: Bool,
    engines: [Engine], _ random: inout RandomNumbers
  ) {
    let a = isA ? random.matrix(depth, rows) : random.matrix(rows, depth)
    let b = isB ? random.matrix(columns, depth) : random.matrix(depth, columns)
    let start = random.matrix(rows, columns)
    let (exact, bound) = (Matrix(rows: rows, columns: columns), magnitudes(start))
    exact.elements.copy(start.elements)
    naive(a, b, isA, isB, into: exact, accumulates: accumulates)
    naive(magnitudes(a), magnitudes(b), isA, isB, into: bound, accumulates: accumulates)
    var bits: [InstructionSet: [Float]] = [:]
    for engine in engines {
      let c = Matrix(rows: rows, columns: columns)
      c.elements.copy(start.elements)
      engine.multiply(
        isA ? .transposed(a) : .plain(a), isB ? .transposed(b) : .plain(b), into: c,
        accumulates: accumulates)
      let isWithin = allHold(rows * columns) { index in
        let error = abs(Double(c.elements[index]) - Double(exact.elements[index]))
        // Two more roundings: of the definition to a float, and of its magnitudes.
        return error <= roundingBound(depth + 3) * Double(bound.elements[index])
      }
      #expect(
        isWithin,
        "\(engine.instructionSet), (\(rows), \(columns), \(depth)), seed \(RandomTests.seed)")
      let elements = c.elements.elements
      let arithmetic = engine.instructionSet.arithmetic
      #expect(bits[arithmetic, default: elements] == elements, "threads or widths differ")
      bits[arithmetic] = elements
    }
  }

  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func `products of all small shapes are within the bound of rounding`(isA: Bool, isB: Bool) {
    var random = RandomNumbers(isA ? 1 : 2)
    let engines = Engine.variants
    for rows in [1, 5, 6, 7, 13] {
      for columns in [1, 8, 15, 16, 17, 31, 32, 35] {
        for depth in [1, 2, 7, 8, 9, 20] {
          check(
            rows: rows, columns: columns, depth: depth, isA: isA, isB: isB,
            accumulates: (rows + columns) % 2 == 0, engines: engines, &random)
        }
      }
    }
  }

  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func `products longer than a packed block in each dimension are within the bound`(
    isA: Bool, isB: Bool
  ) {
    var random = RandomNumbers(3)
    let engines = Engine.variants
    for (rows, columns, depth) in [(151, 9, 5), (3, 1030, 4), (7, 18, 523), (13, 70, 600)] {
      check(
        rows: rows, columns: columns, depth: depth, isA: isA, isB: isB, accumulates: isA,
        engines: engines, &random)
    }
  }

  @Test func `a product that threads share has the same bits as one thread's`() {
    var random = RandomNumbers(4)
    let (a, b) = (random.matrix(97, 120), random.matrix(120, 210))
    for set in InstructionSet.available {
      var results: [[Float]] = []
      for threadCount in 1...4 {
        let engine = Engine(instructionSet: set, threadCount: threadCount)
        for isTall in [true, false] {
          let c = Matrix(rows: isTall ? 210 : 97, columns: isTall ? 97 : 210)
          if isTall {
            engine.multiply(.transposed(b), .transposed(a), into: c)
          } else {
            engine.multiply(.plain(a), .plain(b), into: c)
          }
          // The transpose of a product has the same elements.
          let elements =
            isTall
            ? (0..<97 * 210).map { c[$0 % 210, $0 / 210] } : c.elements.elements
          results.append(elements)
        }
      }
      #expect(results.allSatisfy { $0 == results[0] }, "\(set)")
    }
  }

  @Test func `a product by a packed factor has the bits of that by the factor`() {
    var random = RandomNumbers(5)
    for (rows, columns, depth) in [
      (1, 1, 1), (5, 31, 7), (7, 64, 20), (150, 33, 300), (13, 1061, 260), (70, 70, 0),
      (9, 40, 1200),
    ] {
      let (a, b) = (random.matrix(rows, depth), random.matrix(columns, depth))
      for engine in Engine.variants {
        let (c, same) = (random.matrix(rows, columns), Matrix(rows: rows, columns: columns))
        let packed = Engine.PackedFactor(rows: depth, columns: columns)
        // Columns in parts of one tile and of several.
        for (start, end) in [(0, 32), (32, 1056), (1056, columns)] where start < columns {
          let part = b[rows: start..<min(end, columns)]
          engine.pack(.transposed(part), into: packed, from: start)
        }
        engine.multiply(.plain(a), packed, into: c)
        engine.multiply(.plain(a), .transposed(b), into: same)
        #expect(
          c.elements.elements == same.elements.elements,
          "\(engine.instructionSet), (\(rows), \(columns), \(depth))")
      }
    }
  }

  @Test func `columns in the middle of a tile are not packed`() async {
    await #expect(processExitsWith: .failure) {
      Engine().pack(
        .plain(Matrix(rows: 2, columns: 3)), into: Engine.PackedFactor(rows: 2, columns: 40),
        from: 8)
    }
    await #expect(processExitsWith: .failure) {
      Engine().pack(
        .plain(Matrix(rows: 2, columns: 3)), into: Engine.PackedFactor(rows: 2, columns: 40),
        from: 0)
    }
  }

  @Test func `a product over no terms is zero, or leaves the sum alone`() {
    for engine in Engine.variants {
      let c = Matrix(FloatVector([1, 2, 3, 4, 5, 6]), rows: 2, columns: 3)
      let (a, b) = (Matrix(rows: 2, columns: 0), Matrix(rows: 0, columns: 3))
      engine.multiply(.plain(a), .plain(b), into: c, accumulates: true)
      #expect(c.elements.elements == [1, 2, 3, 4, 5, 6])
      engine.multiply(.plain(a), .plain(b), into: c)
      #expect(c.elements.elements == [0, 0, 0, 0, 0, 0])
    }
  }

  @Test func `shapes that do not fit are refused`() async {
    await #expect(processExitsWith: .failure) {
      let engine = Engine()
      engine.multiply(
        .plain(Matrix(rows: 2, columns: 3)), .plain(Matrix(rows: 2, columns: 3)),
        into: Matrix(rows: 2, columns: 3))
    }
  }
}
