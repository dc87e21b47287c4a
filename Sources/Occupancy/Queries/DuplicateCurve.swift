// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

@_spi(Arithmetic) public import ArbitraryPrecision
public import Labels

/// Probabilities of duplicates and of singletons for many numbers of draws, one after another, at a
/// fraction of the cost of each alone.
///
/// Numbers of draws that come with the same distance share the nodes of a contour integral, as those
/// of a `CoverageCurve` do; what none can serve is computed by itself. Values never depend on what
/// was asked for before, only times do.
///
/// - Complexity: For some six standard deviations of the number of draws: one evaluation of about 30
///   nodes, and 30 products a number.
public struct DuplicateCurve: Sendable {
  /// The law of one label.
  public let law: LabelLaw
  /// How labels are drawn.
  public let sampling: SamplingScheme

  private let precision: Int
  private var distinct = WindowSequence()
  private var neverOnce = WindowSequence()

  /// - Parameters:
  ///   - sampling: Without replacement needs a law of a finite set.
  ///   - significantDigits: The digits that will be asked for; beyond 19 no nodes are shared.
  public init(law: LabelLaw, sampling: SamplingScheme, significantDigits: Int = 17) {
    self.law = law
    self.sampling = sampling
    precision = ComputableReal.tailPrecision(significantDigits: min(significantDigits, 1000))
  }

  /// The probability that some class comes twice among n draws.
  ///
  /// Fastest when called with rising equidistant n.
  ///
  /// - Throws: `DomainError` as `DuplicateProbability` does.
  public mutating func duplicate(drawCount n: Int) throws(DomainError) -> DuplicateProbability {
    let duplicate = try DuplicateProbability(law: law, sampling: sampling, drawCount: n)
    let last = law.classCount - 1
    // Equal classes, and all of them, have closed forms.
    guard duplicate.certain == nil, !law.isUniform, n <= last else { return duplicate }
    let (law, sampling, precision) = (law, sampling, precision)
    let tails = distinct.value(n) { step, deviation in
      Self.sharedPrecision(precision, spare: duplicate.smallBits).flatMap {
        CoverageWindow(
          AtMostOnce(law), sampling, from: n, through: last, step: step, precision: $0,
          deviation: deviation)
      }
    } accept: {
      Tails($0, precision: precision)?.swapped
    }
    if let tails { duplicate.note(tails, precision: precision) }
    return duplicate
  }

  /// The probability that some class comes exactly once among n draws.
  ///
  /// Fastest when called with rising equidistant n.
  ///
  /// - Throws: `DomainError` as `SingletonProbability` does.
  public mutating func singleton(drawCount n: Int) throws(DomainError) -> SingletonProbability {
    let singleton = try SingletonProbability(law: law, sampling: sampling, drawCount: n)
    guard let last = singleton.lastWithSaddle else { return singleton }
    let precision = precision
    let tails = neverOnce.value(n) { step, deviation in
      Self.sharedPrecision(precision, spare: singleton.rareBits).flatMap {
        CoverageWindow(
          singleton.function, from: n, through: last, step: step, precision: $0,
          deviation: deviation)
      }
    } accept: {
      Tails($0, precision: precision)?.swapped
    }
    if let tails { singleton.note(tails, precision: precision) }
    return singleton
  }

  /// What a circle is asked for where the complement of what it gives is small by `spare` bits; nil
  /// if it cannot give that.
  private static func sharedPrecision(_ precision: Int, spare: Int) -> Int? {
    let wanted = precision + spare
    return wanted <= CoverageWindow.largestPrecision ? wanted : nil
  }
}
