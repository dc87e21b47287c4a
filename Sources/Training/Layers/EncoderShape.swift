// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The widths of a multilayer perceptron with a projection head, `mlp:256+256-64`, or a residual
/// network with one, `residual` or `resnet-18`.
///
/// Every layer but the last is linear, batch normalisation and rectifier; the last is linear, and
/// its output is projected on the unit sphere. The plus sign begins the head, which is only used in
/// training and in measuring; without one the head is the last layer.
public struct EncoderShape: Hashable, Sendable {
  /// The largest width of a layer.
  public static let widthLimit = 1 << 16

  /// Widths of the layers before the head; may be empty.
  public let backbone: [Int]

  /// Widths of the layers of the head, the last of which is the number of features; never empty.
  public let head: [Int]

  /// The convolutional part before the head; nil for a perceptron.
  public let residual: ResidualBackbone?

  /// The number of features of an image.
  public var featureCount: Int { head[head.count - 1] }

  /// A shape with the given widths.
  ///
  /// - Precondition: The head is not empty, and all widths are in 1 ... `widthLimit`.
  public init(backbone: [Int], head: [Int]) {
    precondition(!head.isEmpty, "an encoder has a head")
    precondition(
      (backbone + head).allSatisfy { (1...Self.widthLimit).contains($0) },
      "widths are between 1 and \(Self.widthLimit)")
    self.backbone = backbone
    self.head = head
    residual = nil
  }

  /// A residual network with its usual head.
  public init(residual: ResidualBackbone) {
    backbone = []
    head = residual.head
    self.residual = residual
  }

  /// Reads `mlp:256+256-64`, `residual` or `resnet-18`; nil if the text is not of this form.
  public init?(_ text: String) {
    if let residual = ResidualBackbone(rawValue: text) {
      self.init(residual: residual)
      return
    }
    guard text.hasPrefix("mlp:") else { return nil }
    let parts = text.dropFirst(4).split(separator: "+", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return nil }
    var lists: [[Int]] = []
    for part in parts {
      var widths: [Int] = []
      if part.isEmpty && parts.count == 2 && lists.isEmpty {
        lists.append([])
        continue
      }
      for word in part.split(separator: "-", omittingEmptySubsequences: false) {
        let isNumber = !word.isEmpty && word.utf8.allSatisfy { (48...57).contains($0) }
        guard isNumber, let width = Int(word), (1...Self.widthLimit).contains(width) else {
          return nil
        }
        widths.append(width)
      }
      lists.append(widths)
    }
    if lists.count == 2 {
      self.init(backbone: lists[0], head: lists[1])
    } else {
      self.init(backbone: lists[0].dropLast(), head: lists[0].suffix(1))
    }
  }

  /// The width of what the head is given, for images of `inputWidth` floats.
  func backboneWidth(inputWidth: Int) -> Int {
    residual?.featureCount ?? backbone.last ?? inputWidth
  }

  /// The layers for images of the given shape, and how many of them come before the head.
  func layers(_ image: ImageShape) -> (layers: [any Layer], backboneCount: Int) {
    guard let residual else { return layers(inputWidth: image.pixelCount) }
    let layers = residual.layers(image)
    return (layers + denseLayers(inputWidth: residual.featureCount), layers.count)
  }

  /// The layers of a perceptron for images of `inputWidth` floats, and how many of them come before
  /// the head.
  func layers(inputWidth: Int) -> (layers: [any Layer], backboneCount: Int) {
    precondition(residual == nil, "a residual network takes images")
    return (denseLayers(inputWidth: inputWidth), 3 * backbone.count)
  }

  private func denseLayers(inputWidth: Int) -> [any Layer] {
    var layers: [any Layer] = []
    var width = inputWidth
    for next in backbone + head.dropLast() {
      layers.append(DenseLayer(inputWidth: width, outputWidth: next, hasBias: false))
      layers.append(BatchNormalizationLayer(width: next))
      layers.append(RectifierLayer(width: next))
      width = next
    }
    layers.append(DenseLayer(inputWidth: width, outputWidth: featureCount, hasBias: true))
    layers.append(UnitLengthLayer(width: featureCount))
    return layers
  }
}

extension EncoderShape: CustomStringConvertible {
  /// The text that makes this shape.
  public var description: String {
    if let residual { return residual.rawValue }
    func list(_ widths: [Int]) -> String { widths.map(String.init).joined(separator: "-") }
    return "mlp:" + (backbone.isEmpty && head.count == 1 ? "" : list(backbone) + "+") + list(head)
  }
}
