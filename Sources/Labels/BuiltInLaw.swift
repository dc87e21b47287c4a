// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A label law known by name: the class sizes of a published data set.
///
/// The sizes are those of the training split unless `source` says otherwise.
public struct BuiltInLaw: Hashable, Sendable {
  /// How the class sizes of a built-in law are known.
  enum Sizes: Hashable, Sendable {
    /// Equally likely classes without items.
    case uniform(classCount: Int)

    /// The same number of items in every class.
    case balanced(classCount: Int, itemsPerClass: Int)

    /// Rows of the embedded table.
    case tabulated
  }

  /// The name, in lower case with hyphens: `imagenet-1k`.
  public let name: String

  /// Where the law comes from, in one line: authors, title, venue and year.
  public let source: String

  let sizes: Sizes

  /// The law itself; tabulated sizes are parsed anew at every call.
  ///
  /// - Complexity: O(length of the embedded table), some tens of microseconds.
  public var distribution: LabelDistribution {
    do throws(LabelError) {
      switch sizes {
      case .uniform(let classCount):
        return try .uniform(classCount: classCount)
      case .balanced(let classCount, let itemsPerClass):
        return try .balanced(classCount: classCount, itemsPerClass: itemsPerClass)
      case .tabulated:
        return try LabelDistribution(groups: LabelCounts.embedded.groups(named: name))
      }
    } catch {
      // The tests build every law, so a package that passes them cannot come here.
      preconditionFailure("built-in law \(name): \(error)")
    }
  }

  /// The number of classes.
  public var classes: Int { distribution.classCount }

  /// The number of items in all classes together, or nil if the law has no items.
  public var items: Int? { distribution.itemCount }

  /// The law called `name`, or nil if there is none; case does not matter: `CIFAR-10`.
  public static func named(_ name: String) -> BuiltInLaw? {
    let name = name.lowercased()
    return all.first { $0.name == name }
  }
}

extension BuiltInLaw: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
