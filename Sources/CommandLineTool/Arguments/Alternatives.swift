// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// Arguments of which exactly one must be given.
struct Alternatives: Sendable {
  /// The arguments, in the order in which help names them.
  let members: [ArgumentSpecification]

  /// A flag with which none of them may be given, for a request that needs none.
  let unless: ArgumentSpecification?

  /// The requirement of exactly one of `members`, or of none with the flag `unless`.
  init(_ members: [ArgumentSpecification], unless: ArgumentSpecification? = nil) {
    self.members = members
    self.unless = unless
  }

  /// The alternatives as a usage line writes them: `(--a <a> | --b <b>)`, a lone one bare.
  ///
  /// - Returns: Pieces between which the line may be broken.
  var synopsis: [String] {
    var pieces = members.map(\.synopsis)
    guard pieces.count > 1 else { return pieces }
    for index in pieces.indices.dropFirst() { pieces[index] = "| " + pieces[index] }
    pieces[0] = "(" + pieces[0]
    pieces[pieces.count - 1] += ")"
    return pieces
  }

  /// Throws unless exactly one of the members, or `unless` and none of them, is in `arguments`.
  func check(_ arguments: ParsedArguments) throws(UsageError) {
    let given = members.filter(arguments.has)
    if let unless, arguments.has(unless) {
      if let member = given.first { throw .conflict(member, unless) }
      return
    }
    if given.count > 1 { throw .conflict(given[1], given[0]) }
    if given.isEmpty { throw .missing(oneOf: members) }
  }
}
