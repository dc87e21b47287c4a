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
      throw failure(
        "this is not an NPY file: it does not begin with \\x93NUMPY" + Self.advice(preamble))
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
      throw failure("its elements are records\(Self.fields(values["descr"]))")
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

  /// What a file is that begins otherwise, to follow a message; empty if that is not known.
  private static func advice(_ bytes: [UInt8]) -> String {
    switch bytes.first {
    case 0x80 where bytes.count > 1 && (2...5).contains(bytes[1]):
      "; it is a Python pickle, which can run programs and is not read: save it with "
        + "numpy.save('x.npy', x)"
    case 0x89 where bytes.dropFirst().starts(with: "HDF".utf8):
      "; it is an HDF5 file: save its arrays with numpy.save('x.npy', file['x'][:])"
    case 0x1F where bytes.count > 1 && bytes[1] == 0x8B:
      "; it is compressed by gzip: run 'gunzip' first"
    default:
      bytes.count > 8 && bytes[8] == UInt8(ascii: "{")
        ? "; it is a safetensors file: save it with numpy.save('x.npy', x.numpy())" : ""
    }
  }

  /// The fields of records, to follow a message.
  private static func fields(_ description: PythonScanner.Value?) -> String {
    guard case .list(let fields)? = description else { return "; plain numbers are needed" }
    let names = fields.compactMap { field -> String? in
      guard case .record(let parts) = field, case .text(let name)? = parts.first else { return nil }
      return name
    }
    guard let first = names.first, names.count == fields.count else {
      return "; plain numbers are needed"
    }
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    return " with the fields \(list): save one of them, as x['\(first)']"
  }

  /// How many bytes the elements take.
  ///
  /// - Parameter size: Bytes of an element.
  /// - Throws: `DataError` if there are none, or more than any file has.
  func elementBytes(size: Int, source: String) throws(DataError) -> Int {
    func failure(_ problem: String) -> DataError { DataError(source: source, problem: problem) }
    if let dimension = shape.firstIndex(of: 0) {
      throw failure("size \(dimension + 1) of its shape \(shapeText) is 0")
    }
    var promised = size
    for size in shape {
      // The product is checked, for a damaged header can say anything.
      let (product, overflow) = promised.multipliedReportingOverflow(by: size)
      guard !overflow, product < 1 << 62 else {
        throw failure("its shape \(shapeText) is too large")
      }
      promised = product
    }
    return promised
  }

  /// The shape as Python writes it: `(100, 8)`, `(100,)`.
  var shapeText: String {
    let sizes = shape.map(String.init).joined(separator: ", ")
    return shape.count == 1 ? "(\(sizes),)" : "(\(sizes))"
  }
}
