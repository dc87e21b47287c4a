// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

/// The forms in which people have images, through the program itself.
@Suite struct ImageFormsTests {
  private let folder = TemporaryFolder()

  /// Images of 4 x 4 pixels and their labels as IDX files.
  private func write(
    _ prefix: String, labels: [UInt8], separator: String, isCompressed: Bool
  ) throws {
    let count = UInt8(labels.count)
    let pixels = labels.indices.flatMap { item in
      (0..<16).map { UInt8((37 * item + 11 * $0) % 256) }
    }
    let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 4, 0, 0, 0, 4] + pixels
    for (name, bytes) in [
      ("images\(separator)idx3-ubyte", images),
      ("labels\(separator)idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, count] + labels),
    ] {
      let path = try folder.write(bytes, to: "\(prefix)-\(name)")
      guard isCompressed else { continue }
      // Some archives are padded to whole blocks with zeros.
      let result = Subprocess.shell(
        "sh",
        "gzip -c \"$1\" > \"$1.gz\" && head -c 500 /dev/zero >> \"$1.gz\" && rm \"$1\"", [path])
      #expect(result.end == .exit(0))
    }
  }

  private func train(_ data: String, run: String = "run") -> Subprocess.Result {
    var result = Subprocess.upsilon(
      "train --data \(data) --draws 3 --seeds 7 --epochs 1 --passes 1 --views 1 --encoder mlp:4-4 "
        + "--quiet --output - --checkpoints \(folder.file(run))")
    result.diagnostics = result.diagnostics.replacing(folder.path, with: "FOLDER")
    return result
  }

  @Test func `labels are any numbers, names of files have a dash or a point, zeros may follow`()
    throws
  {
    var outputs: [String] = []
    let forms: [(first: Int, separator: String, isCompressed: Bool)] = [
      (0, "-", false), (1, ".", true), (65, "-", true),
    ]
    for (number, form) in forms.enumerated() {
      for name in folder.names where name.contains("ubyte") {
        CommandLineTool.Folder.remove(folder.file(name))
      }
      for (prefix, count) in [("train", 12), ("t10k", 6)] {
        let labels = (0..<count).map { UInt8(form.first + $0 % 3) }
        try write(
          prefix, labels: labels, separator: form.separator, isCompressed: form.isCompressed)
      }
      let result = train("MNIST:\(folder.path)", run: "run\(number)")
      #expect(result.end == .exit(0) && result.diagnostics == "")
      outputs.append(result.output)
      let ending = "\(form.separator)idx%-ubyte\(form.isCompressed ? ".gz" : "")"
      let pair = ["images", "labels"].map { part in
        folder.file("train-" + part + ending.replacing("%", with: part == "images" ? "3" : "1"))
      }
      let divided = train("idx:\(pair[0]),\(pair[1])", run: "pair\(number)")
      #expect(divided.end == .exit(0) && divided.output.contains(",1*3,"))
    }
    #expect(outputs[0].contains("\nmnist,3,3,7,0.5,without-replacement,2*3,"))
    #expect(outputs[1] == outputs[0] && outputs[2] == outputs[0])
  }

  @Test func `what is no folder of images is called what it is`() throws {
    let file = try folder.write("x", to: "file")
    let pickled = "which is not read (pickles can run programs): cifar-"
    try folder.write([0x80, 2] as [UInt8], to: "data_batch_1")
    try folder.write([0x80, 2] as [UInt8], to: "train")
    for (data, message) in [
      ("cifar-10:/nowhere", "/nowhere: there is no such folder"),
      ("CIFAR-10:/nowhere", "/nowhere: there is no such folder"),
      ("fashion-mnist:\(file)", "FOLDER/file: this is a file, and a folder is needed"),
      ("mnist:\(folder.path)", "'train-images-idx3-ubyte' or 'train-images.idx3-ubyte'"),
      ("cifar-10:\(folder.path)", "\(pickled)10-binary.tar.gz is the binary version"),
      ("cifar-100:\(folder.path)", "\(pickled)100-binary.tar.gz is the binary version"),
    ] {
      let result = train(data)
      #expect(result.end == .exit(1) && result.output == "")
      #expect(result.diagnostics.contains(message), "\(data): \(result.diagnostics)")
      #expect(result.diagnostics.split(separator: "\n").count == 1)
    }
  }
}
