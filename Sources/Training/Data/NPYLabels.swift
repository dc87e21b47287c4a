// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Tables

/// Labels in an NPY file: (N) or (N, 1), whole numbers of any type, truth values, or texts.
///
/// Truth values are 0 and 1. Texts are numbered from 0 in the order of their bytes in UTF-8.
struct NPYLabels: Equatable {
  /// The labels: as they are in the file, or the numbers of `names`; none is negative.
  let values: [Int]
  /// The different texts in their order; nil if labels are numbers.
  let names: [UTF8Text]?

  /// Opens a file of labels; only its header is read.
  ///
  /// - Throws: `DataError` if it is no such array.
  static func open(_ path: String) throws(DataError) -> NPYFile {
    let file = try NPYFile(path, expected: "whole numbers or strings") { _ in true }
    guard file.shape.count >= 1, file.shape.dropFirst().allSatisfy({ $0 == 1 }) else {
      let advice =
        switch file.shape.count {
        case 2 where file.shape[0] == 1: "; save x.ravel()"
        case 2: "; if its rows are one-hot, save x.argmax(axis=1)"
        default: ""
        }
      throw DataError(
        source: file.path,
        problem: "labels are a vector, but this one has the shape \(file.header.shapeText)\(advice)"
      )
    }
    return file
  }

  /// Reads the file at `path`.
  init(path: String) throws(DataError) { try self.init(Self.open(path)) }

  /// Reads the labels of an open file, some at a time; eight bytes an item are kept.
  ///
  /// - Throws: `DataError` naming the first label that is none.
  init(_ file: NPYFile) throws(DataError) {
    let (type, count) = (file.type, file.shape[0])
    var values: [Int] = []
    values.reserveCapacity(count)
    var numbers: [UTF8Text: Int] = [:]
    let blockCount = min(count, max(1, (1 << 18) / type.size))
    var bytes: [UInt8] = []
    while values.count < count {
      let first = values.count
      bytes = [UInt8](repeating: 0, count: min(blockCount, count - first) * type.size)
      try file.fill(&bytes, at: first * type.size)
      let problem = Self.append(bytes, of: type, to: &values, &numbers)
      if let problem {
        throw DataError(source: file.path, problem: "label \(values.count) is \(problem)")
      }
    }
    guard type.kind == .bytes || type.kind == .scalars else {
      (self.values, names) = (values, nil)
      return
    }
    // Texts were numbered as they came.
    let names = numbers.keys.sorted()
    var order = [Int](repeating: 0, count: names.count)
    for (index, name) in names.enumerated() { order[numbers[name] ?? 0] = index }
    self.values = values.map { order[$0] }
    self.names = names
  }

  /// The same labels numbered by other names, among which all of these are.
  func renumbered(by names: [UTF8Text]) -> [Int] {
    guard let own = self.names else { return values }
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, 0...))
    let order = own.map { numbers[$0] ?? 0 }
    return values.map { order[$0] }
  }

  /// Decodes elements; what is wrong with the first that is no label, which is not appended.
  private static func append(
    _ bytes: [UInt8], of type: NPYType, to values: inout [Int], _ numbers: inout [UTF8Text: Int]
  ) -> String? {
    let count = bytes.count / type.size
    switch type.kind {
    case .truth:
      values += bytes.lazy.map { $0 == 0 ? 0 : 1 }
    case .signed, .unsigned:
      return unsafe bytes.withUnsafeBytes { buffer -> String? in
        for index in 0..<count {
          let bits = unsafe Self.bits(buffer, index * type.size, type)
          let isNegative = type.kind == .signed && Int64(bitPattern: bits) < 0
          guard !isNegative, let value = Int(exactly: bits) else {
            let text = isNegative ? "\(Int64(bitPattern: bits))" : "\(bits)"
            return "\(text), but must be from 0 to \(Int.max); leave out items that have no class"
          }
          values.append(value)
        }
        return nil
      }
    case .floating:
      guard let float = FloatType(type.text) else { preconditionFailure("a type of floats") }
      var decoded = [Double](repeating: 0, count: count)
      unsafe bytes.withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress else { return }
        unsafe float.convert(base, count: count, into: &decoded)
      }
      for number in decoded {
        guard let value = Int(exactly: number), value >= 0 else {
          return "\(number), but must be a whole number of at least 0"
        }
        values.append(value)
      }
    case .bytes, .scalars:
      for index in 0..<count {
        let element = bytes[index * type.size..<(index + 1) * type.size]
        guard let text = Self.text(element, type) else { return "not Unicode" }
        if text.isEmpty { return "an empty string" }
        let name = UTF8Text(text)
        let number = numbers[name] ?? numbers.count
        numbers[name] = number
        values.append(number)
      }
    }
    return nil
  }

  /// The 64 bits of an integer, the sign extended.
  private static func bits(
    _ buffer: UnsafeRawBufferPointer, _ offset: Int, _ type: NPYType
  ) -> UInt64 {
    func load<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type) -> Word {
      let word = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: Word.self)
      return type.isBigEndian ? word.bigEndian : word.littleEndian
    }
    let isSigned = type.kind == .signed
    return switch type.size {
    case 1: isSigned ? UInt64(bitPattern: Int64(load(Int8.self))) : UInt64(load(UInt8.self))
    case 2: isSigned ? UInt64(bitPattern: Int64(load(Int16.self))) : UInt64(load(UInt16.self))
    case 4: isSigned ? UInt64(bitPattern: Int64(load(Int32.self))) : UInt64(load(UInt32.self))
    default: load(UInt64.self)
    }
  }

  /// A text without the zeros at its end; nil if it is not Unicode.
  private static func text(_ element: ArraySlice<UInt8>, _ type: NPYType) -> String? {
    guard type.kind == .scalars else {
      let end = element.lastIndex { $0 != 0 }.map { $0 + 1 } ?? element.startIndex
      return String(validating: element[..<end], as: UTF8.self)
    }
    var text = String.UnicodeScalarView()
    for start in stride(from: element.startIndex, to: element.endIndex, by: 4) {
      let four = element[start..<start + 4]
      let value = (type.isBigEndian ? Array(four) : four.reversed()).reduce(UInt32(0)) {
        $0 << 8 | UInt32($1)
      }
      guard let scalar = Unicode.Scalar(value) else { return nil }
      text.append(scalar)
    }
    while text.last == "\0" { text.removeLast() }
    return String(text)
  }
}
