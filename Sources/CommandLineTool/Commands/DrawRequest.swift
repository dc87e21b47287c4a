// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import Labels
internal import Occupancy
internal import Tables

/// What most commands are asked about: a law, ways of drawing, and numbers of draws.
struct DrawRequest: Sendable {
  /// One row's worth: a number of draws in one scheme.
  struct Case: Sendable {
    let law: NamedLaw
    let drawCount: Int
    let sampling: SamplingScheme

    /// The number of draws besides the anchor.
    var negativeCount: Int { drawCount - 1 }

    /// The fields dataset and classes.
    var lawFields: [TableField] { [.text(law.name), .integer(law.law.classCount)] }

    /// The laws of collisions of all rows of this scheme.
    func collisionCurve(digits: Int) -> CollisionCurve {
      CollisionCurve(law: law.law, sampling: sampling, significantDigits: digits)
    }

    /// The field sampling.
    var samplingField: TableField { .text(sampling.rawValue) }
  }

  private let lawOptions: LawOptions
  private let draws: DrawOptions
  private let sampling: SamplingOptions

  /// Reads the options of all three; `blank` if draws may show no class.
  init(_ arguments: ParsedArguments, blank: Bool = false) throws(UsageError) {
    lawOptions = try LawOptions(arguments, blank: blank)
    draws = try DrawOptions(arguments)
    sampling = try SamplingOptions(arguments)
  }

  /// The law asked about: only `waiting` takes more than one.
  func law() throws -> NamedLaw { try lawOptions.resolve()[0] }

  /// Checks that a law can be drawn from as asked.
  ///
  /// - Parameters:
  ///   - law: The law.
  ///   - rowCount: How many rows a case has; one if nil.
  ///   - probe: Checks a case without computing it; called for every number of draws, or for the
  ///     ends of the ranges of a long list.
  /// - Returns: A function that goes through all cases in order, the schemes within each number.
  /// - Throws: `UsageError` for draws that the law does not allow or more than
  ///   `NumberList.countLimit` rows, and what `rowCount` and `probe` throw.
  func validate(
    _ law: NamedLaw, rowCount: ((Case) throws -> Int)? = nil, probe: (Case) throws -> Void
  ) throws -> (_ body: (Case) throws -> Void) throws -> Void {
    try sampling.check(law)
    if sampling.schemes.contains(.withoutReplacement), let itemCount = law.law.itemCount {
      try draws.check(itemCount: itemCount, law: law.name)
    }
    let (drawCounts, schemes) = (draws.drawCounts, sampling.schemes)
    let forEachCase = { (body: (Case) throws -> Void) in
      for drawCount in drawCounts {
        for scheme in schemes {
          try body(Case(law: law, drawCount: drawCount, sampling: scheme))
        }
      }
    }
    if let rowCount {
      var total = 0
      // Neither number exceeds Int.max / 2: a case with so many rows ends the loop.
      try forEachCase { item in
        total += try min(rowCount(item), NumberList.countLimit + 1)
        try draws.check(rowCount: total)
      }
    } else {
      try draws.check(rowCount: drawCounts.count * schemes.count)
    }
    for drawCount in draws.probes {
      for scheme in schemes {
        try probe(Case(law: law, drawCount: drawCount, sampling: scheme))
      }
    }
    return forEachCase
  }
}
