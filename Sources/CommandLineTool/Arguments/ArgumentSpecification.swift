// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// An option, flag or positional argument of a command: all that parsing, help and completion need.
struct ArgumentSpecification: Sendable {
  /// How the argument is written on the command line.
  enum Form: Equatable, Sendable {
    /// `--name`
    case flag
    /// `--name <value>` or `--name=<value>`
    case option(valueName: String)
    /// `<name>`
    case positional
  }

  /// What values an argument takes.
  enum Values: Equatable, Sendable {
    /// Anything; the command checks it.
    case any
    /// The path of a file.
    case file
    /// Words worth completing; others are taken too if `isOpen`.
    ///
    /// One case for both, because the tags of an enumeration with two arrays would hide them from
    /// the leak sanitizer.
    case words([String], isOpen: Bool)

    /// Anything, but these are worth completing.
    static func suggestions(_ words: [String]) -> Self { .words(words, isOpen: true) }

    /// One of these and nothing else.
    static func choices(_ words: [String]) -> Self { .words(words, isOpen: false) }

    /// The only values taken, if there are few.
    var choices: [String]? {
      if case .words(let words, isOpen: false) = self { return words }
      return nil
    }
  }

  /// The name, without dashes.
  let name: String
  let form: Form
  /// What it is for, in one sentence.
  let abstract: String
  /// The value taken when the argument is absent, as help shows it.
  let defaultValue: String?
  let values: Values
  /// Whether the value is a list joined by commas: one given again continues it, and of files
  /// several may follow one another. Anything else is given at most once.
  let isList: Bool

  private init(
    name: String, form: Form, abstract: String, defaultValue: String? = nil, values: Values = .any,
    isList: Bool = false
  ) {
    self.name = name
    self.form = form
    self.abstract = abstract
    self.defaultValue = defaultValue
    self.values = values
    self.isList = isList
  }

  /// A flag `--name`.
  static func flag(_ name: String, _ abstract: String) -> Self {
    Self(name: name, form: .flag, abstract: abstract)
  }

  /// An option `--name <valueName>`; the name of its value is that of the option by default.
  static func option(
    _ name: String, value valueName: String? = nil, default defaultValue: String? = nil,
    values: Values = .any, isList: Bool = false, _ abstract: String
  ) -> Self {
    let form = Form.option(valueName: valueName ?? name)
    return Self(
      name: name, form: form, abstract: abstract, defaultValue: defaultValue, values: values,
      isList: isList)
  }

  /// An argument without dashes, `<name>`.
  static func positional(
    _ name: String, values: Values, isList: Bool = false, _ abstract: String
  ) -> Self {
    Self(name: name, form: .positional, abstract: abstract, values: values, isList: isList)
  }

  // MARK: - Texts

  /// How it is written without its value: `--name`, or `<name>` for a positional one.
  var dashedName: String { form == .positional ? "<\(name)>" : "--\(name)" }

  /// How it is written with its value: `--name <value>`.
  var synopsis: String {
    if case .option(let valueName) = form { return "\(dashedName) <\(valueName)>" }
    return dashedName
  }

  /// The line that says what it is for: synopsis, two spaces, abstract.
  var helpLine: String { "\(synopsis)  \(abstract)" }
}
