// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

@testable import Training

@Suite struct NPYHeaderTests {
  private func header(_ bytes: [UInt8]) throws(DataError) -> NPYHeader {
    try NPYHeader(bytes, source: "x.npy")
  }

  @Test func `headers of all versions are read`() throws {
    for version: [UInt8] in [[1, 0], [2, 0], [3, 0]] {
      let bytes = NPY.file(NPY.header("<f4", [10, 3]), version: version, [])
      let found = try header(bytes)
      #expect(found.type == "<f4" && !found.isFortranOrder && found.shape == [10, 3])
      #expect(found.byteCount == bytes.count && bytes.count.isMultiple(of: 64))
      #expect(found.shapeText == "(10, 3)")
    }
    let vector = try header(NPY.file(NPY.header(">i2", [7], isFortranOrder: true), []))
    #expect(vector.isFortranOrder && vector.shapeText == "(7,)")
    #expect(try header(NPY.file(NPY.header("<f8", []), [])).shapeText == "()")
  }

  static let malformed: [(header: [UInt8], problem: String)] = [
    ([], "this is not an NPY file: it does not begin with \\x93NUMPY"),
    (Array("label,count\n".utf8), "this is not an NPY file: it does not begin with \\x93NUMPY"),
    (
      [0x80, 4, 0x95, 0],
      "this is not an NPY file: it does not begin with \\x93NUMPY; it is a Python pickle, which "
        + "can run programs and is not read: save it with numpy.save('x.npy', x)"
    ),
    (
      [0x89] + Array("HDF\r\n".utf8),
      "this is not an NPY file: it does not begin with \\x93NUMPY; it is an HDF5 file: save its "
        + "arrays with numpy.save('x.npy', file['x'][:])"
    ),
    (
      [0x1F, 0x8B, 8, 0],
      "this is not an NPY file: it does not begin with \\x93NUMPY; it is compressed by gzip: run "
        + "'gunzip' first"
    ),
    (Array(NPY.file("{}", []).prefix(9)), "the file ends in its header"),
    (Array(NPY.file("{}", []).prefix(60)), "the file ends in its header"),
    (
      NPY.file("{}", version: [4, 0], []),
      "NPY version 4.0 is not known; versions 1.0, 2.0 and 3.0 are"
    ),
    (
      NPY.file("{}", version: [1, 1], []),
      "NPY version 1.1 is not known; versions 1.0, 2.0 and 3.0 are"
    ),
    (
      [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255],
      "its header of 4294967295 bytes is longer than 1048576"
    ),
    (
      NPY.file("[1, 2]", []), "its header is not a dictionary of descr, fortran_order and shape"
    ),
    (
      NPY.file("{'descr': '<f4'", []),
      "its header is not a dictionary of descr, fortran_order and shape"
    ),
    (
      NPY.file("{'descr': '<f4', 'shape': (1,)}", []),
      "its header must have descr, fortran_order and shape, but has descr, shape"
    ),
    (
      NPY.file(
        "{'descr': [('a', '<f4'), ('b', '<i4', (3,))], 'fortran_order': False, 'shape': (1,)}", []),
      "its elements are records with the fields 'a', 'b': save one of them, as x['a']"
    ),
    (
      NPY.file("{'descr': ['<f4'], 'fortran_order': False, 'shape': (1,)}", []),
      "its elements are records; plain numbers are needed"
    ),
    (
      NPY.file("{'descr': '<f4', 'fortran_order': 'no', 'shape': (1,)}", []),
      "fortran_order in its header is neither True nor False"
    ),
    (
      NPY.file("{'descr': '<f4', 'fortran_order': False, 'shape': 'x'}", []),
      "shape in its header is not a tuple of sizes"
    ),
  ]

  @Test(arguments: malformed.indices)
  func `a malformed header is refused in one line`(index: Int) {
    let (bytes, problem) = Self.malformed[index]
    #expect(failure { _ = try header(bytes) } == "x.npy: \(problem)")
  }
}
