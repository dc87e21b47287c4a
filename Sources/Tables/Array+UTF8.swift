// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

extension [UInt8] {
  /// The index of the first byte of what is not UTF-8; nil if everything is.
  var firstInvalidUTF8: Int? {
    if String(validating: self, as: UTF8.self) != nil { return nil }
    // Only what is invalid is gone through scalar by scalar, which takes longer.
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = makeIterator()
    var offset = 0
    while case .valid(let scalar) = parser.parseScalar(from: &bytes) { offset += scalar.count }
    return offset
  }
}
