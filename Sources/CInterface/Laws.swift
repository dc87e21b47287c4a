// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Names are those of C.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import ArbitraryPrecision
internal import CUpsilon
internal import Labels
internal import Occupancy

typealias LawBox = Box<LabelLaw>

/// Where the interface hands out an object.
public typealias CObject = UnsafeMutablePointer<OpaquePointer?>

/// `upsilon_1_law_uniform` of upsilon.h.
@c @implementation
public func upsilon_1_law_uniform(_ classes: Int64, _ law: CObject, _ message: CText?) -> Int32 {
  unsafe code(message) {
    unsafe law.pointee = try LawBox.pointer(to: .uniform(classCount: Int(classes)))
  }
}

/// `upsilon_1_law_counts` of upsilon.h.
@c @implementation
public func upsilon_1_law_counts(
  _ items: UnsafePointer<Int64>, _ classes: UnsafePointer<Int64>?, _ count: Int64, _ law: CObject,
  _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let sizes = unsafe integers(items, count)
    let numbers = unsafe classes == nil ? sizes.map { _ in 1 } : integers(classes, count)
    let groups = zip(sizes, numbers).map { LabelDistribution.ClassGroup(size: $0, classCount: $1) }
    unsafe law.pointee = try LawBox.pointer(to: .counts(groups))
  }
}

/// `upsilon_1_law_probabilities` of upsilon.h.
@c @implementation
public func upsilon_1_law_probabilities(
  _ probabilities: UnsafePointer<UnsafePointer<CChar>?>, _ count: Int64, _ rest: Int32,
  _ law: CObject, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let texts = unsafe strings(probabilities, count)
    var values: [Rational] = []
    for text in texts { values.append(try Rational(parsing: text)) }
    let kinds = [UPSILON_1_SUM_IS_ONE, UPSILON_1_BLANK, UPSILON_1_NORMALIZE].map { Int32($0) }
    try DomainError.check(kinds.contains(rest), "rest", rest, "must be 0, 1 or 2")
    if rest == Int32(UPSILON_1_NORMALIZE) {
      let sum = values.reduce(0, +)
      for value in values {
        try DomainError.check(value.signum > 0, "probability", value, "must be greater than 0")
      }
      values = values.map { $0 / sum }
    }
    let isBlank = rest == Int32(UPSILON_1_BLANK)
    unsafe law.pointee = try LawBox.pointer(to: LabelLaw(probabilities: values, blank: isBlank))
  }
}

/// `upsilon_1_law_dataset` of upsilon.h.
@c @implementation
public func upsilon_1_law_dataset(
  _ name: UnsafePointer<CChar>, _ law: CObject, _ message: CText?
) -> Int32 {
  unsafe code(message) {
    let text = unsafe String(cString: name)
    guard let found = LabelLaw.named(text) else {
      throw DomainError(
        parameter: "dataset", value: text,
        requirement: "must be one of " + BuiltInLaw.all.map(\.name).joined(separator: ", "))
    }
    unsafe law.pointee = LawBox.pointer(to: found)
  }
}

/// `upsilon_1_law_classes` of upsilon.h.
@c @implementation
public func upsilon_1_law_classes(_ law: OpaquePointer) -> Int64 {
  Int64(unsafe LawBox.value(at: law).classCount)
}

/// `upsilon_1_law_items` of upsilon.h.
@c @implementation
public func upsilon_1_law_items(_ law: OpaquePointer) -> Int64 {
  Int64(unsafe LawBox.value(at: law).itemCount ?? -1)
}
