// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// One file of tables/ and the command that makes it, as a user would type it.
struct Recipe: Sendable {
  /// The folder that commands name.
  static let folder = "tables"
  /// The folder that commands name for data that are not part of the project.
  static let dataFolder = "DATA"

  /// `upsilon`, a subcommand and its arguments, `--output tables/<file>` last; no word has a space.
  let command: String

  /// The name of the file within the folder.
  var file: String {
    String(command.split(separator: " ").last ?? "").dropping(prefix: Self.folder + "/")
  }

  /// Whether the command trains encoders, so that it keeps checkpoints.
  var trains: Bool { command.hasPrefix("upsilon train ") }

  /// The words after the tool's name, for files in another folder and data below `dataRoot`.
  func words(folder: String, dataRoot: String = "") -> [String] {
    command.split(separator: " ").dropFirst().map { word in
      // Several files are joined by commas.
      let parts = word.split(separator: ",").map { part -> String in
        let part = String(part)
        let name = part.dropping(prefix: Self.folder + "/")
        return name == part ? part : folder + "/" + name
      }
      return parts.joined(separator: ",")
        .replacing(":" + Self.dataFolder + "/", with: ":" + dataRoot + "/")
    }
  }
}

extension String {
  fileprivate func dropping(prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
