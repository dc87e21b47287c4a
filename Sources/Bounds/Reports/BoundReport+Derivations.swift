// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

internal import ArbitraryPrecision
internal import Labels
internal import Measurements
internal import Occupancy

extension BoundReport {
  /// How a bound comes about.
  public struct Derivation: Sendable {
    /// The name of its column.
    public let name: String
    /// The formula, in the letters of the documentation.
    public let formula: String
    /// The formula with numbers of some digits in place of letters; nil if it does not apply.
    public let numbers: String?
    /// What it gives.
    public let outcome: BoundOutcome
  }

  /// How each bound comes about, in the order of the columns; bounds without a column come last.
  ///
  /// Numbers are rounded to six digits here, and here only.
  public func derivations() throws -> [Derivation] {
    var derivations = try BoundName.allCases.map { name in
      let outcome = outcomes[name] ?? .inapplicable("it was not computed")
      return Derivation(
        name: name.rawValue, formula: formula(of: name),
        numbers: outcome.value == nil ? nil : try numbers(of: name), outcome: outcome)
    }
    derivations += try further()
    return derivations
  }

  private func formula(of name: BoundName) -> String {
    let isPublished = recipe == .published
    return switch name {
    case .curlLower: "E[1{Col=0} l_sub] + E ln(1+Col) + d"
    case .couponLower: "(E[1{cover} l_sup] + E[1{not cover} l_sub] + E ln(1+Col))/2 + d"
    case .curlUpper:
      "(L_Info - d - E[1{Col=0, not cover} l_sub] - E ln(1+Col)) / "
        + (isPublished ? "(1 - tau)" : "P(Col=0, cover)")
    case .couponUpper:
      "(2(L_Info - d) - E[1{not cover} l_sub]\(isPublished ? "/2" : "") - E ln(1+Col)) / v"
    case .curlCoverageFreeUpper: "(L_Info - d - E ln(1+Col)) / P(Col=0, class j drawn)"
    case .couponCoverageFreeUpper: "(2(L_Info - d) - E ln(1+Col)) / P(class j drawn)"
    case .ashUpper:
      "2 max{1, 2(C-1)H_(C-1)/K} (L_Info - d - E ln(1+Col)) / (1 - tau)"
    case .phiUpper: "(L_Info - d - b)/a, a s + b <= E ln(1 + m + n(e^s - 1))"
    case .phiCapUpper: "(L_Info - d - b)/a, a s + b <= E ln(1 + m + min(n, m+1)(e^s - 1))"
    case .baoUpper: "L_Info - d_lin + ln(max rho C^2 cosh^2(1/t)/K)"
    case .baoTightenedUpper:
      "L_Info - d_lin + ln(C/K) + max_s {ln((s e^(-1/t) + (C-s) e^(1/t))/C) + (2s/C - 1)/t}"
    case .trivialCap: "ln C + 1/t, or ln C + 2/t with class means of another split"
    }
  }

  /// A binary fraction in full: n/2^k.
  private static func binary(_ value: Rational) -> String {
    value.isInteger ? "\(value)" : "\(value.numerator)/2^\(value.denominator.bitWidth - 1)"
  }

  /// Six digits.
  private func short(_ number: ComputableReal) throws -> String {
    try number.decimal(significantDigits: 6)
  }

  private func short(_ quantity: MeasuredQuantity?) throws -> String {
    guard let quantity else { return "?" }
    return try short(quantity.value.number)
  }

  private func numbers(of name: BoundName) throws -> String {
    let setting = inputs.setting
    let (loss, gap) = (try short(inputs.contrastiveLoss), try short(inputs.gap))
    let log = try short(setting.expectedLog)
    let excess = "\(loss) - (\(gap))"
    func mean(_ mean: MeasuredMean) throws -> String { try short(inputs[mean]) }
    let (classes, k) = (setting.classCount, setting.negativeCount)
    let t = try short(ComputableReal(setting.temperature))
    switch name {
    case .curlLower:
      let terms: [MeasuredMean] = [.collisionFreeCoveredTerm, .collisionFreeUncoveredTerm]
      let sum = try terms.map { try mean($0) }.joined(separator: " + ")
      return "\(sum) + \(log) + (\(gap))"
    case .couponLower:
      let terms: [MeasuredMean] = [.coveredSupervisedTerm, .uncoveredSubsetTerm]
      let sum = try terms.map { try mean($0) }.joined(separator: " + ")
      return "(\(sum) + \(log))/2 + (\(gap))"
    case .curlUpper:
      let term = try mean(.collisionFreeUncoveredTerm)
      let divisor = try short(curlDivisor())
      return "(\(excess) - \(term) - \(log)) / \(divisor)"
    case .couponUpper:
      let term = try mean(.uncoveredSubsetTerm) + (recipe == .published ? "/2" : "")
      let divisor = try short(couponDivisor())
      return "(2(\(excess)) - \(term) - \(log)) / \(divisor)"
    case .curlCoverageFreeUpper:
      return "(\(excess) - \(log)) / \(try short(setting.collisionFreePresence))"
    case .couponCoverageFreeUpper:
      return "(2(\(excess)) - \(log)) / \(try short(setting.presence))"
    case .ashUpper:
      let ratio = try short(ComputableReal(AshBound.ratio(classes: classes, negatives: k)))
      let free = try short(setting.collisions.freeProbability)
      return "2 max{1, \(ratio)} (\(excess) - \(log)) / \(free)"
    case .phiUpper, .phiCapUpper:
      guard let line = outcomes[name]?.value?.certificate else { return "the end of the interval" }
      return "(\(excess) - b)/a, a = \(Self.binary(line.slope)), b = \(Self.binary(line.intercept))"
    case .baoUpper:
      let largest = setting.classSizes.groups[setting.classSizes.groups.count - 1].size
      let rho = try short(ComputableReal(Rational(largest, setting.total)))
      return "\(loss) - (\(try mean(.gapLinear))) + ln(\(rho) \(classes)^2 cosh^2(1/\(t))/\(k))"
    case .baoTightenedUpper:
      return "\(loss) - (\(try mean(.gapLinear))) + ln(\(classes)/\(k)) + max_s {...}, t = \(t)"
    case .trivialCap:
      return "ln \(classes) + \(setting.isIndependent ? 1 : 2)/\(t)"
    }
  }

  /// Bounds that have no column of their own.
  private func further() throws -> [Derivation] {
    let setting = inputs.setting
    let bao = inputs.linearExcess.map { BaoBound(setting).supervisedLower(linearExcess: $0) }
    let lower =
      BaoBound(setting).exclusion ?? bao ?? inputs.absence(of: .gapLinear)
    let collision = CollisionTermBound(setting)
    let spread = try inputs[.collisionBound].map { try collision.upper(spread: $0) }
    let t = try short(ComputableReal(setting.temperature))
    let numbers: String? =
      if let measured = inputs[.collisionBound], spread?.value != nil {
        "\(try short(collision.beta)) + \(try short(collision.alpha))/\(t) \(try short(measured))"
      } else {
        nil
      }
    return [
      Derivation(
        name: "bao_lower",
        formula: "L_Info - d_lin + H(rho) - ln(K+1) - 2 ln cosh(1/t) - 1/(t(K+1))",
        numbers: nil, outcome: lower),
      Derivation(
        name: "collision_term_upper", formula: "E ln(1+Col) + (E Col/t) B", numbers: numbers,
        outcome: spread ?? .inapplicable("collision_bound was not measured")),
    ]
  }

  private func curlDivisor() throws -> ComputableReal {
    switch recipe {
    case .exact: try inputs.setting.coveredCollisions.pmf(0)
    case .published: ComputableReal(try BoundRecipe.simulatedFreeRate(inputs))
    }
  }

  private func couponDivisor() throws -> ComputableReal {
    switch recipe {
    case .exact: inputs.setting.coverage.value
    case .published: ComputableReal(try BoundRecipe.simulatedCoverage(inputs) ?? 1)
    }
  }
}
