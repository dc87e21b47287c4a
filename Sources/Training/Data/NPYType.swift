// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The type of the elements of an NPY file, such as `<f4`: an order of bytes, a kind, and a size.
struct NPYType: Equatable {
  /// What elements are.
  enum Kind: Character {
    case truth = "b"
    case signed = "i"
    case unsigned = "u"
    case floating = "f"
    /// Texts as bytes, filled with zeros at the end.
    case bytes = "S"
    /// Texts as Unicode scalars of four bytes, filled with zeros at the end.
    case scalars = "U"
  }

  /// How the file calls it.
  let text: String
  let kind: Kind
  /// Bytes of an element.
  let size: Int
  let isBigEndian: Bool

  /// The type that NPY calls by `text`; nil for those that are neither numbers nor texts.
  init?(_ text: String) {
    guard let order = text.first, "<>|=".contains(order),
      let kind = text.dropFirst().first.flatMap(Kind.init(rawValue:)),
      let number = Int(text.dropFirst(2)), number > 0, number < 1 << 24
    else { return nil }
    let sizes: [Kind: [Int]] = [
      .truth: [1], .signed: [1, 2, 4, 8], .unsigned: [1, 2, 4, 8], .floating: [2, 4, 8],
    ]
    if let sizes = sizes[kind], !sizes.contains(number) { return nil }
    // Bytes have no order; of wider elements it must be known.
    guard number == 1 || kind == .bytes || "<>".contains(order) else { return nil }
    guard kind != .scalars || "<>".contains(order) else { return nil }
    self.text = text
    self.kind = kind
    size = kind == .scalars ? 4 * number : number
    isBigEndian = order == ">"
  }

  /// What to do about elements that are neither numbers nor texts, to follow a message.
  static func advice(_ text: String) -> String {
    switch text.dropFirst().first {
    case "O":
      "; these are Python objects, saved as a pickle, which can run programs and is not read: "
        + "save the array as numbers, or as strings with x.astype(str)"
    case "V":
      "; these are raw bytes, as arrays of bfloat16 are saved: save x.astype(numpy.float32)"
    case "c", "f", "g": "; save x.astype(numpy.float32)"
    default: ""
    }
  }
}
