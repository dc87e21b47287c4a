// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Occupancy

/// Probabilities that a class other than the anchor's is among the negatives.
extension ContrastiveSetting {
  /// M: the number of items, or that of classes of a law without items.
  var total: Int { classSizes.itemCount ?? classCount }

  /// P(no negative falls on items of this number).
  func avoidance(_ items: Int) -> AvoidanceProbability {
    // More items to avoid than there are others leave no room for a negative all the same.
    let others = isIndependent ? total : total - 1
    return AvoidanceProbability(
      avoided: min(items, others), total: total, sampling: sampling, negativeCount: negativeCount)
  }

  /// P(the rarest class is among the negatives), given an anchor of another class.
  var presence: ComputableReal {
    let absence = avoidance(classSizes.groups[0].size)
    return .difference(
      ComputableReal(1), absence.value, isZero: { absence.exactValue() == 1 })
  }

  /// P(Col = 0 and a given other class is among the negatives), for equally likely classes.
  ///
  /// P(Col = 0) - P(Col = 0 and the other class is absent): items of one class, less the anchor
  /// itself without replacement, and of two.
  var collisionFreePresence: ComputableReal {
    let size = classSizes.groups[0].size
    let own = isIndependent ? size : size - 1
    let (free, absent) = (avoidance(own), avoidance(own + size))
    return .difference(
      free.value, absent.value, isZero: { free.exactValue() == absent.exactValue() })
  }
}

extension ComputableReal {
  /// The difference of two probabilities, a fraction; `isZero` decides whether they are equal,
  /// which enclosures cannot.
  static func difference(
    _ x: ComputableReal, _ y: ComputableReal, isZero: () -> Bool
  ) -> ComputableReal {
    if let a = x.exact, let b = y.exact { return ComputableReal(a - b) }
    do {
      // Far apart in almost every case; only then would deciding be dear.
      let (a, b) = (try x.enclosure(precision: 64), try y.enclosure(precision: 64))
      if a.overlaps(b), isZero() { return ComputableReal(0) }
    } catch {
      preconditionFailure("an enclosure of a product cannot fail: \(error)")
    }
    return .irrational { precision in
      try x.enclosure(precision: precision).subtracting(
        y.enclosure(precision: precision), precision: precision)
    }
  }
}
