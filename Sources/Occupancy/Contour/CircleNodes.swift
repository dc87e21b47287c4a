// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision

/// The nodes e^(2 pi i k/N) of a circle and the phases e^(-2 pi i k n/N) that go with them, for
/// consecutive k: one product each from node to node.
final class CircleNodes<Number: RigorousComplex & ~Copyable> {
  /// e^(2 pi i k/N).
  private(set) var direction: Number
  /// e^(-2 pi i k n/N).
  private(set) var phase: Number
  private var turn, phaseTurn: Number
  private let scratch: Number.Scratch

  /// Begins at the node with number `first`, 0 <= first < count.
  init(count: Int, degree: Int, first: Int = 0, precision: Int) {
    direction = Number(precision: precision)
    phase = Number(precision: precision)
    turn = Number(precision: precision)
    phaseTurn = Number(precision: precision)
    scratch = Number.makeScratch(precision: precision)
    direction.setRootOfUnity(first, of: count)
    // first * degree mod count, whose product may take two words
    let product = first.multipliedFullWidth(by: degree % count)
    phase.setRootOfUnity(count.dividingFullWidth(product).remainder, of: count)
    phase.conjugate()
    turn.setRootOfUnity(1 % count, of: count)
    phaseTurn.setRootOfUnity(degree % count, of: count)
    phaseTurn.conjugate()
  }

  /// Goes on to the next k.
  func advance() {
    direction.multiply(by: turn, scratch)
    phase.multiply(by: phaseTurn, scratch)
  }
}
