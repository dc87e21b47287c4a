// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct FeatureArrayTests {
  private let folder = TemporaryFolder()

  /// N, V and D of the arrays.
  private let count = 7
  private let viewCount = 3
  private let width = 4

  private func value(_ item: Int, _ view: Int, _ feature: Int) -> Double {
    Double(100 * item + 10 * view + feature)
  }

  /// A file of halves with three indices, `sizes` being those of items, views and features in the
  /// order of the shape.
  private func file(
    _ axes: [Int], isFortranOrder: Bool, ones: Int = 0, type: String = "<f2"
  ) throws -> String {
    let sizes = [count, viewCount, width]
    let shape = axes.map { sizes[$0] }
    var bytes: [UInt8] = []
    for number in 0..<shape.reduce(1, *) {
      // The indices of element `number`, the fastest last in C order and first in Fortran order.
      var (rest, place) = (number, [0, 0, 0])
      for axis in isFortranOrder ? [0, 1, 2] : [2, 1, 0] {
        place[axes[axis]] = rest % shape[axis]
        rest /= shape[axis]
      }
      let bits = Float16(value(place[0], place[1], place[2])).bitPattern
      bytes += [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
    }
    let whole = shape + [Int](repeating: 1, count: ones)
    return try folder.write(
      NPY.file(NPY.header(type, whole, isFortranOrder: isFortranOrder), bytes),
      to: "\(axes)-\(isFortranOrder)-\(ones).npy")
  }

  private func rows(_ array: FeatureArray, view: Int, _ items: [Int]) throws -> [Double] {
    var rows = [Double](repeating: 0, count: items.count * width)
    try FeatureFile(array, view: view).read(items[...], into: &rows)
    return rows
  }

  @Test(arguments: [([0, 1, 2], 1), ([1, 0, 2], 0)], [false, true])
  func `views are an index before or after that of items, in both orders`(
    form: (axes: [Int], viewsAxis: Int), isFortranOrder: Bool
  ) throws {
    for ones in [0, 2] {
      let path = try file(form.axes, isFortranOrder: isFortranOrder, ones: ones)
      let array = try FeatureArray(path: path, viewsAxis: form.viewsAxis)
      #expect(array.count == count && array.viewCount == viewCount && array.width == width)
      for view in 0..<viewCount {
        let items = [2, 3, 4, 0, 6, 1]
        let expected = items.flatMap { item in (0..<width).map { value(item, view, $0) } }
        #expect(try rows(array, view: view, items) == expected)
        #expect(FeatureFile(array, view: view).path == "\(path), view \(view)")
      }
    }
  }

  @Test func `a matrix is read in both orders, whatever sizes of 1 follow`() throws {
    let values = (0..<12).map { Float($0) }
    func bytes(_ order: [Int]) -> [UInt8] {
      order.flatMap { index in
        (0..<4).map { UInt8(truncatingIfNeeded: values[index].bitPattern >> (8 * $0)) }
      }
    }
    let plain = bytes(Array(0..<12))
    let columns = bytes((0..<4).flatMap { feature in (0..<3).map { $0 * 4 + feature } })
    for (shape, isFortranOrder) in [
      ([3, 4], false), ([3, 4, 1], false), ([3, 4, 1, 1], false), ([3, 4], true),
      ([3, 4, 1, 1], true),
    ] {
      let header = NPY.header("<f4", shape, isFortranOrder: isFortranOrder)
      let path = try folder.write(NPY.file(header, isFortranOrder ? columns : plain), to: "m.npy")
      var rows = [Double](repeating: 0, count: 12)
      try FeatureFile(path: path).read([2, 0, 1], into: &rows)
      #expect(rows == [8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7])
    }
    // A vector of features has no order.
    let header = NPY.header("<f4", [1, 12], isFortranOrder: true)
    let row = try folder.write(NPY.file(header, plain), to: "r.npy")
    #expect(try FeatureArray(path: row).count == 1)
  }

  @Test func `rows of many views are read one by one`() throws {
    let path = try folder.write(
      NPY.file(NPY.header("<f4", [2, 9, 1]), [UInt8](repeating: 0, count: 72)), to: "v.npy")
    let file = FeatureFile(try FeatureArray(path: path, viewsAxis: 1), view: 8)
    #expect(file.bufferByteCount == 4 && file.count == 2 && file.width == 1)
  }

  @Test func `what is no array of features is refused with what to do`() throws {
    func problem(_ type: String, _ shape: [Int], viewsAxis: Int? = nil, size: Int = 4) throws
      -> String
    {
      let bytes = [UInt8](repeating: 0, count: size * shape.reduce(1, *))
      let path = try folder.write(NPY.file(NPY.header(type, shape), bytes), to: "x.npy")
      return failure { _ = try FeatureArray(path: path, viewsAxis: viewsAxis) }
        .replacing(path, with: "x.npy")
    }
    let what = "x.npy: features are an array of items and features, but this one has the shape"
    #expect(try problem("<f4", [5]) == "\(what) (5,)")
    #expect(
      try problem("<f4", [5, 2, 3])
        == "\(what) (5, 2, 3); '--views-axis 1' takes it as 5 items in 2 views, '--views-axis 0' as "
        + "2 items in 5 views")
    #expect(
      try problem("<f4", [5, 2, 3, 3])
        == "\(what) (5, 2, 3, 3); pool or reshape it to one row of features an item")
    let types = "x.npy: its elements must be floating-point numbers of 16, 32 or 64 bits, but have "
    #expect(
      try problem("|V2", [5, 2], size: 2)
        == types + "the type '|V2'; these are raw bytes, as arrays of bfloat16 are saved: save "
        + "x.astype(numpy.float32)")
    #expect(try problem("<i4", [5, 2]) == types + "the type '<i4'")
  }
}
