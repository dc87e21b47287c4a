// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

/// The forms in which people have features and labels, through the program itself.
@Suite struct FeatureFormsTests {
  private let folder = TemporaryFolder()

  /// An NPY file of version 1.0.
  private static func npy(_ type: String, _ shape: String, fortran: Bool = false, _ bytes: [UInt8])
    -> [UInt8]
  {
    let order = fortran ? "True" : "False"
    var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + bytes
  }

  private static func halves(_ values: [Int]) -> [UInt8] {
    values.flatMap { value -> [UInt8] in
      let bits = Float16(value).bitPattern
      return [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
    }
  }

  /// Two views of six items with two features each: item, view, feature.
  private static func value(_ item: Int, _ view: Int, _ feature: Int) -> Int {
    (7 * item + 3 * view + 5 * feature + item * feature) % 11 - 4
  }

  private static let items = Array(0..<6)

  private static func view(_ view: Int) -> [Int] {
    items.flatMap { item in [value(item, view, 0), value(item, view, 1)] }
  }

  private func measure(_ options: String, input: String = "/dev/null") -> Subprocess.Result {
    var result = Subprocess.upsilon(
      "measure \(options) --draws 3 --passes 1 --name n", inputPath: input)
    result.diagnostics = result.diagnostics.replacing(folder.path + "/", with: "")
    return result
  }

  private func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try folder.write(bytes, to: name)
  }

  /// The two views in a file each, and labels that are numbers.
  private func plain() throws -> (features: [String], labels: String, output: String) {
    let features = try [0, 1].map { view in
      try write(Self.npy("<f2", "(6, 2)", Self.halves(Self.view(view))), "view\(view).npy")
    }
    let labels = try write(Self.npy("|u1", "(6,)", [0, 1, 0, 1, 0, 1]), "labels.npy")
    let result = measure("--features \(features[0]),\(features[1]) --labels \(labels) --quiet")
    #expect(result.end == .exit(0) && result.diagnostics == "")
    #expect(result.output.split(separator: "\n").count == 2)
    return (features, labels, result.output)
  }

  @Test func `views are one list, in one option, several, several words or a pattern`() throws {
    let (features, labels, output) = try plain()
    for options in [
      "--features \(features[0]) --features \(features[1])",
      "--features \(features[0]) \(features[1])", "--features \(folder.file("view*.npy"))",
      "--features=\(folder.file("view[01].npy"))",
    ] {
      #expect(measure("\(options) --labels \(labels) --quiet").output == output, "\(options)")
    }
    #expect(
      measure("--features \(folder.file("none*.npy")) --labels \(labels)")
        == .init(
          end: .exit(1), output: "",
          diagnostics: "Error: cannot read 'none*.npy': no file matches this pattern\n"))
  }

  @Test func `arrays of three indices are views, in either order of indices and of bytes`() throws {
    let (_, labels, output) = try plain()
    let (items, views, both) = (Self.items, [0, 1], [0, 1])
    let forms: [(shape: String, axis: Int, fortran: Bool, values: [Int])] = [
      (
        "(6, 2, 2)", 1, false,
        items.flatMap { i in views.flatMap { v in both.map { Self.value(i, v, $0) } } }
      ),
      (
        "(2, 6, 2)", 0, false,
        views.flatMap { v in items.flatMap { i in both.map { Self.value(i, v, $0) } } }
      ),
      (
        "(6, 2, 2)", 1, true,
        both.flatMap { f in views.flatMap { v in items.map { Self.value($0, v, f) } } }
      ),
      (
        "(2, 6, 2)", 0, true,
        both.flatMap { f in items.flatMap { i in views.map { Self.value(i, $0, f) } } }
      ),
    ]
    for (index, form) in forms.enumerated() {
      let bytes = Self.npy("<f2", form.shape, fortran: form.fortran, Self.halves(form.values))
      let path = try write(bytes, "all\(index).npy")
      let line = "--features \(path) --labels \(labels) --quiet"
      #expect(measure("\(line) --views-axis \(form.axis)").output == output, "\(form)")
      #expect(
        measure(line).diagnostics.hasPrefix(
          "Error: all\(index).npy: features are an array of items and features, but this one has "
            + "the shape \(form.shape); '--views-axis 1' takes it as"))
    }
    #expect(
      measure("--features a.npy --labels \(labels) --views-axis 2").diagnostics.hasPrefix(
        "Error: The value '2' is invalid for '--views-axis <axis>'. Please provide one of '0' and "
          + "'1'."))
  }

  @Test func `pooled maps and arrays in Fortran order are read`() throws {
    let (_, labels, output) = try plain()
    let pooled = try write(
      Self.npy("<f2", "(6, 2, 1, 1)", Self.halves(Self.view(0))), "pooled.npy")
    let columns = [0, 1].flatMap { feature in Self.items.map { Self.value($0, 1, feature) } }
    let fortran = try write(
      Self.npy("<f2", "(6, 2)", fortran: true, Self.halves(columns)), "fortran.npy")
    #expect(
      measure("--features \(pooled),\(fortran) --labels \(labels) --quiet").output == output)
  }

  @Test func `labels are columns, truth values, whole floats or texts, whose classes are listed`()
    throws
  {
    let (features, _, output) = try plain()
    let both = "--features \(features[0]),\(features[1])"
    let texts = ["cat", "dog"].map { Array($0.utf8) }
    let scalars = texts.map { bytes in bytes.flatMap { byte -> [UInt8] in [byte, 0, 0, 0] } }
    let note = "Note: classes are 0 'cat', 1 'dog'\n"
    for (bytes, expected) in [
      (Self.npy("<i2", "(6, 1)", [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0]), ""),
      (Self.npy("|b1", "(6,)", [0, 1, 0, 1, 0, 1]), ""),
      (Self.npy("<f2", "(6,)", Self.halves([0, 1, 0, 1, 0, 1])), ""),
      (Self.npy("|S3", "(6,)", (0..<6).flatMap { texts[$0 % 2] }), note),
      (Self.npy("<U3", "(6,)", (0..<6).flatMap { scalars[$0 % 2] }), note),
    ] {
      let result = measure("\(both) --labels \(try write(bytes, "l.npy"))")
      #expect(result.output == output)
      #expect(expected.isEmpty || result.diagnostics.contains(expected))
      #expect(result.diagnostics.contains("classes are") == !expected.isEmpty)
    }
  }

  @Test func `arrays of an archive are named after it`() throws {
    let (_, _, output) = try plain()
    // A zip archive of stored members, its directory at the end.
    func number(_ value: Int, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, bytes) in [
      ("v0.npy", Self.npy("<f2", "(6, 2)", Self.halves(Self.view(0)))),
      ("v1.npy", Self.npy("<f2", "(6, 2)", Self.halves(Self.view(1)))),
      ("y.npy", Self.npy("|u1", "(6,)", [0, 1, 0, 1, 0, 1])),
    ] {
      let common =
        number(0, 12) + number(bytes.count, 4) + number(bytes.count, 4)
        + number(name.utf8.count, 2) + number(0, 2)
      directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + common + number(0, 10)
      directory += number(file.count, 4) + Array(name.utf8)
      file += [0x50, 0x4B, 3, 4, 20, 0] + common + Array(name.utf8) + bytes
    }
    let end =
      [0x50, 0x4B, 5, 6] + number(0, 4) + number(3, 2) + number(3, 2) + number(directory.count, 4)
      + number(file.count, 4) + number(0, 2)
    let path = try write(file + directory + end, "f.npz")
    #expect(
      measure("--features \(path):v0 \(path):v1 --labels \(path):y --quiet").output == output)
    #expect(
      measure("--features \(path) --labels \(path):y").diagnostics
        == "Error: f.npz: it has the arrays 'v0', 'v1', 'y': name one of them, as 'f.npz:v0'\n")
  }

  @Test func `one array may come from standard input, a file or a pipe`() throws {
    let (features, labels, output) = try plain()
    let line = "--features \(features[0]) --features - --labels \(labels) --quiet"
    #expect(measure(line, input: features[1]).output == output)
    let piped = Subprocess.shell(
      "sh", "cat \"$1\" | \"$upsilon\" measure $2 --draws 3 --passes 1 --name n",
      [features[1], line])
    #expect(piped.output == output && piped.diagnostics == "")
    #expect(
      measure("--features - --labels - --quiet", input: labels).diagnostics
        == "Error: standard input: only one file can be '-'\n")
    let endless = Subprocess.shell(
      "sh", "(cat \"$1\"; cat /dev/zero) | \"$upsilon\" measure $2", [features[1], line])
    #expect(
      endless.diagnostics == "Error: standard input: 1 byte follows the 6 items of the header\n")
  }

  @Test func `what is no plain array is called what it is`() throws {
    let (features, labels, _) = try plain()
    let objects = try write(Self.npy("|O", "(6,)", [0x80, 4]), "o.npy")
    #expect(
      measure("--features \(features[0]) --labels \(objects)").diagnostics
        == "Error: o.npy: its elements must be whole numbers or strings, but have the type '|O'; "
        + "these are Python objects, saved as a pickle, which can run programs and is not read: "
        + "save the array as numbers, or as strings with x.astype(str)\n")
    var records = Self.npy("<f4", "(6,)", [])
    let text = "{'descr': [('x', '<f4'), ('y', '<f4')], 'fortran_order': False, 'shape': (6,), }"
    records.replaceSubrange(10..., with: Array(text.utf8))
    records += [UInt8](repeating: 32, count: 117 - text.utf8.count) + [10]
    let path = try write(records, "r.npy")
    #expect(
      measure("--features \(path) --labels \(labels)").diagnostics
        == "Error: r.npy: its elements are records with the fields 'x', 'y': save one of them, as "
        + "x['x']\n")
  }
}
