// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The widths of a multilayer perceptron with a projection head, `mlp:256+256-64`, or of one on the
/// mean of embeddings, `bag:32768x64-128+128-64`, or a residual network with one, `residual` or
/// `resnet-18`.
///
/// Every layer but the last is linear, batch normalisation and rectifier; the last is linear, and
/// its output is projected on the unit sphere. The plus sign begins the head, which is only used in
/// training and in measuring; without one the head is the last layer. Before the embeddings' width
/// stands how many there are; they are for texts, and are part of what comes before the head.
public struct EncoderShape: Hashable, Sendable {
  /// The largest width of a layer.
  public static let widthLimit = 1 << 16

  /// A table of embeddings.
  public struct Embedding: Hashable, Sendable {
    /// The largest number of rows: hashes have 24 bits, and more rows would not be used evenly.
    public static let rowLimit = 1 << 22

    /// The number of rows.
    public let rows: Int

    /// The width of a row.
    public let width: Int

    /// A table of `rows` rows.
    ///
    /// - Precondition: The rows are in 1 ... `rowLimit`, the width in 1 ... `widthLimit`.
    public init(rows: Int, width: Int) {
      precondition((1...Self.rowLimit).contains(rows), "rows are between 1 and \(Self.rowLimit)")
      precondition((1...widthLimit).contains(width), "widths are between 1 and \(widthLimit)")
      self.rows = rows
      self.width = width
    }
  }

  /// The embeddings of texts; nil for images.
  public let embedding: Embedding?

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
  public init(embedding: Embedding? = nil, backbone: [Int], head: [Int]) {
    precondition(!head.isEmpty, "an encoder has a head")
    precondition(
      (backbone + head).allSatisfy { (1...Self.widthLimit).contains($0) },
      "widths are between 1 and \(Self.widthLimit)")
    self.embedding = embedding
    self.backbone = backbone
    self.head = head
    residual = nil
  }

  /// A residual network with its usual head.
  public init(residual: ResidualBackbone) {
    embedding = nil
    backbone = []
    head = residual.head
    self.residual = residual
  }

  /// Reads `mlp:256+256-64`, `bag:32768x64-128+128-64`, `residual` or `resnet-18`; nil if the text
  /// is not of this form.
  public init?(_ text: String) {
    if let residual = ResidualBackbone(rawValue: text) {
      self.init(residual: residual)
      return
    }
    if text.hasPrefix("bag:") {
      self.init(bag: text.dropFirst(4))
      return
    }
    guard text.hasPrefix("mlp:") else { return nil }
    let parts = text.dropFirst(4).split(separator: "+", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return nil }
    var lists: [[Int]] = []
    for part in parts {
      let mayBeEmpty = parts.count == 2 && lists.isEmpty
      guard let widths = Self.widths(part, mayBeEmpty: mayBeEmpty) else { return nil }
      lists.append(widths)
    }
    if lists.count == 2 {
      self.init(backbone: lists[0], head: lists[1])
    } else {
      self.init(backbone: lists[0].dropLast(), head: lists[0].suffix(1))
    }
  }

  /// Reads what follows `bag:`; the head must be there.
  private init?(bag text: Substring) {
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
    guard parts.count == 2, let head = Self.widths(parts[1], mayBeEmpty: false) else { return nil }
    let sizes = parts[0].split(separator: "x", maxSplits: 1, omittingEmptySubsequences: false)
    guard sizes.count == 2,
      let rows = Self.number(sizes[0], limit: Embedding.rowLimit),
      let widths = Self.widths(sizes[1], mayBeEmpty: false)
    else { return nil }
    self.init(
      embedding: Embedding(rows: rows, width: widths[0]), backbone: Array(widths.dropFirst()),
      head: head)
  }

  /// Reads `256-64`.
  private static func widths(_ text: Substring, mayBeEmpty: Bool) -> [Int]? {
    if text.isEmpty && mayBeEmpty { return [] }
    var widths: [Int] = []
    for word in text.split(separator: "-", omittingEmptySubsequences: false) {
      guard let width = number(word, limit: widthLimit) else { return nil }
      widths.append(width)
    }
    return widths
  }

  private static func number(_ text: Substring, limit: Int) -> Int? {
    let isNumber = !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    guard isNumber, let number = Int(text), (1...limit).contains(number) else { return nil }
    return number
  }

  /// The width of what the head is given, for items of `inputWidth` floats.
  func backboneWidth(inputWidth: Int) -> Int {
    residual?.featureCount ?? backbone.last ?? embedding?.width ?? inputWidth
  }

  /// The layers for items whose rows have the given shape, and how many of them come before the
  /// head.
  func layers(_ image: ImageShape) -> (layers: [any Layer], backboneCount: Int) {
    guard let residual else { return layers(inputWidth: image.pixelCount) }
    let layers = residual.layers(image)
    return (layers + denseLayers(inputWidth: residual.featureCount), layers.count)
  }

  /// The layers of a perceptron for items of `inputWidth` floats, and how many of them come before
  /// the head.
  func layers(inputWidth: Int) -> (layers: [any Layer], backboneCount: Int) {
    precondition(residual == nil, "a residual network takes images")
    return (
      denseLayers(inputWidth: inputWidth), (embedding == nil ? 0 : 1) + 3 * backbone.count
    )
  }

  private func denseLayers(inputWidth: Int) -> [any Layer] {
    var layers: [any Layer] = []
    var width = inputWidth
    if let embedding {
      layers.append(
        EmbeddingBagLayer(
          inputWidth: inputWidth, rowCount: embedding.rows, width: embedding.width))
      width = embedding.width
    }
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
    if let embedding {
      return "bag:\(embedding.rows)x" + list([embedding.width] + backbone) + "+" + list(head)
    }
    return "mlp:" + (backbone.isEmpty && head.count == 1 ? "" : list(backbone) + "+") + list(head)
  }
}
