// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The nodes e^(2 pi i k/N) of a circle and the phases e^(-2 pi i k n/N) that go with them, for
/// consecutive k: one product each from node to node, but at a fixed size, which has no bits to
/// guard long chains with, to three nodes only.
package final class CircleNodes<Number: RigorousComplex & ~Copyable> {
  /// How many nodes in words follow from one another, without guard bits.
  package static var chainLength: Int { 4 }

  /// e^(2 pi i k/N).
  package private(set) var direction: Number
  /// e^(-2 pi i k n/N).
  package private(set) var phase: Number
  private var turn, phaseTurn: Number
  private let count, degree: Int
  private var position: Int
  private let scratch: Number.Scratch

  /// Begins at the node with number `first`, 0 <= first < count.
  package init(count: Int, degree: Int, first: Int = 0, precision: Int) {
    direction = Number(precision: precision)
    phase = Number(precision: precision)
    turn = Number(precision: precision)
    phaseTurn = Number(precision: precision)
    scratch = Number.makeScratch(precision: precision)
    (self.count, self.degree, position) = (count, degree, first)
    turn.setRootOfUnity(1 % count, of: count)
    phaseTurn.setRootOfUnity(degree % count, of: count)
    phaseTurn.conjugate()
    setNode()
  }

  private func setNode() {
    direction.setRootOfUnity(position, of: count)
    phase.setRootOfUnity(position.multiplied(by: degree, modulo: count), of: count)
    phase.conjugate()
  }

  /// Whether the mirror image of the node is another one.
  package var isDoubled: Bool { position > 0 && 2 * position != count }

  /// Goes on to the next k.
  package func advance() {
    position += 1
    if Number.isFixed && position % Self.chainLength == 0 { return setNode() }
    direction.multiply(by: turn, scratch)
    phase.multiply(by: phaseTurn, scratch)
  }
}

extension Int {
  /// A product modulo a number, which may take two words.
  package func multiplied(by factor: Int, modulo count: Int) -> Int {
    count.dividingFullWidth(multipliedFullWidth(by: factor % count)).remainder
  }
}

extension ClosedRange<Int> {
  /// The product of a range of positive integers, in as many parts as take a word each.
  package func forProducts(_ body: (Int) -> Void) {
    var product = 1
    for factor in self {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor)
      if overflow { body(product) }
      product = overflow ? factor : next
    }
    body(product)
  }
}
