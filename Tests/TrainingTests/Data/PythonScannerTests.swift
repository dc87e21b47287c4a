// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import Training

@Suite struct PythonScannerTests {
  private func scan(_ text: String) -> PythonScanner.Value? {
    var scanner = PythonScanner(Array(text.utf8))
    return scanner.wholeValue()
  }

  @Test func `literals are read with any white space`() {
    #expect(scan(" 'a b' ") == .text("a b"))
    #expect(scan("\"it's\"") == .text("it's"))
    #expect(scan("True") == .truth(true) && scan("False\n") == .truth(false))
    #expect(scan("()") == .tuple([]))
    #expect(scan("(3,)") == .tuple([3]) && scan("( 3 , 4L ,\t5 )") == .tuple([3, 4, 5]))
    #expect(scan("[('a')]") == nil && scan("('a',)") == nil)
    #expect(
      scan("[('a', '<f4', (3,)), ]")
        == .list([.record([.text("a"), .text("<f4"), .tuple([3])])]))
    #expect(scan("['a', ['b']]") == .list([.text("a"), .list([.text("b")])]))
    #expect(
      scan("{'a': True, \"b\": (1, 2), }")
        == .dictionary([
          .init(key: "a", value: .truth(true)), .init(key: "b", value: .tuple([1, 2])),
        ]))
  }

  @Test(arguments: [
    "", "'", "'a", "(", "(1", "(1,,)", "(,)", "(-1,)", "(1.5,)", "(99999999999999999999,)", "{",
    "{'a'}", "{'a': }", "{'a': True", "{a: True}", "True False", "'a\\n'", "12", "None",
    "[[[[[[[[[",
    "{'a': {'a': {'a': {'a': {'a': {'a': {'a': {'a': {'a': True}}}}}}}}}",
  ])
  func `anything else is no literal`(text: String) {
    #expect(scan(text) == nil)
  }

  @Test func `damaged literals do not trap`() {
    var random = RandomNumbers(600)
    let whole = Array("{'descr': '<f4', 'fortran_order': False, 'shape': (10, 3), }".utf8)
    for _ in 0..<RandomTests.count(2000) {
      var bytes = whole
      for _ in 0..<random.index(in: 1...3) {
        bytes[random.index(in: 0...bytes.count - 1)] = UInt8(random.index(in: 0...255))
      }
      var scanner = PythonScanner(Array(bytes.prefix(random.index(in: 0...bytes.count))))
      _ = scanner.wholeValue()
    }
  }
}
