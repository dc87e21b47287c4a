// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The header of a file in NumPy's NPY format: element type, order and shape of an array.
///
/// Eight bytes (`\x93NUMPY` and a version, 1 to 3), the length of the text that follows as a
/// little-endian number of 16 bits (version 1) or 32 bits, then the text: a Python dictionary with
/// the keys `descr`, `fortran_order` and `shape`. The elements come after it, without gaps.
///
/// Reference: R. Kern, *A simple file format for NumPy arrays*, NEP 1, 2007; `numpy.lib.format`.
struct NPYHeader: Equatable {
  /// The type of the elements, such as `<f4`.
  let type: String
  /// Whether the first index is the fastest.
  let isFortranOrder: Bool
  /// The sizes, one for each index.
  let shape: [Int]
  /// How many bytes the header takes.
  let byteCount: Int

  /// The longest text that is read; NumPy itself stops at 10,000 bytes.
  static let textLimit = 1 << 20

  /// How many bytes must be read to know how long the header is.
  static let preambleCount = 12

  /// How many bytes the header takes, from its first twelve bytes, or fewer in a short file.
  ///
  /// - Throws: `DataError` if this is no header of a known version.
  static func byteCount(_ preamble: [UInt8], source: String) throws(DataError) -> Int {
    func failure(_ problem: String) -> DataError { DataError(source: source, problem: problem) }
    let magic = [0x93] + Array("NUMPY".utf8)
    guard preamble.starts(with: magic) else {
      throw failure("this is not an NPY file: it does not begin with \\x93NUMPY")
    }
    guard preamble.count >= preambleCount else { throw failure("the file ends in its header") }
    let (major, minor) = (preamble[6], preamble[7])
    guard (1...3).contains(major), minor == 0 else {
      throw failure("NPY version \(major).\(minor) is not known; versions 1.0, 2.0 and 3.0 are")
    }
    let isShort = major == 1
    let digits = preamble[8..<(isShort ? 10 : 12)]
    let textCount = digits.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard textCount <= textLimit else {
      throw failure("its header of \(textCount) bytes is longer than \(textLimit)")
    }
    return (isShort ? 10 : 12) + textCount
  }

  /// Reads the header, of which `bytes` has as many as `byteCount` says, or fewer if the file ends.
  init(_ bytes: [UInt8], source: String) throws(DataError) {
    func failure(_ problem: String) -> DataError { DataError(source: source, problem: problem) }
    byteCount = try Self.byteCount(Array(bytes.prefix(Self.preambleCount)), source: source)
    guard bytes.count >= byteCount else { throw failure("the file ends in its header") }
    let text = Array(bytes[(bytes[6] == 1 ? 10 : 12)..<byteCount])
    var scanner = PythonScanner(text)
    guard case .dictionary(let entries)? = scanner.wholeValue() else {
      throw failure("its header is not a dictionary of descr, fortran_order and shape")
    }
    guard Set(entries.map(\.key)) == ["descr", "fortran_order", "shape"], entries.count == 3 else {
      let names = entries.map(\.key).joined(separator: ", ")
      throw failure("its header must have descr, fortran_order and shape, but has \(names)")
    }
    let values = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) })
    guard case .text(let type)? = values["descr"] else {
      throw failure("its elements are records; plain numbers are needed")
    }
    guard case .truth(let isFortranOrder)? = values["fortran_order"] else {
      throw failure("fortran_order in its header is neither True nor False")
    }
    guard case .tuple(let shape)? = values["shape"] else {
      throw failure("shape in its header is not a tuple of sizes")
    }
    self.type = type
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  /// The shape as Python writes it: `(100, 8)`, `(100,)`.
  var shapeText: String {
    let sizes = shape.map(String.init).joined(separator: ", ")
    return shape.count == 1 ? "(\(sizes),)" : "(\(sizes))"
  }
}
