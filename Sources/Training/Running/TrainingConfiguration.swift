// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

public import Labels

/// All that a run depends on besides the data and the instruction set.
public struct TrainingConfiguration: Hashable, Sendable {
  /// Temperatures that are accepted: below, e^(2/t) comes near the largest double.
  public static let temperatures = 0.005...1000.0

  /// The number of draws, K + 1: of images in a batch, in training and, unless `measuredDraws` says
  /// something else, in measuring.
  public var draws: Int

  /// The seed of initial parameters, orders and views.
  public var seed: UInt64

  /// How often all training images are seen.
  public var epochs: Int

  /// The widths of the encoder.
  public var shape: EncoderShape

  /// The loss that is trained on; what is measured is always InfoNCE.
  public var loss = ContrastiveLoss.infoNCE

  /// Training by momentum contrast with a queue of K = `draws` - 1 negatives; nil for training on
  /// `loss`, whose batches are of `draws` items.
  public var momentumContrast: MomentumContrast?

  /// The temperature t of training and measuring.
  public var temperature = 0.5

  /// How parameters follow gradients.
  public var optimizer = OptimizerKind.sgd

  /// The highest learning rate; nil for one that suits the optimizer and the batch.
  public var learningRate: Double? = nil

  /// Weight decay of weight matrices.
  public var weightDecay = 0.001

  /// Epochs in which the learning rate grows; fewer than all.
  public var warmUpEpochs = 0

  /// What a view may differ in.
  public var augmentation: Augmentation

  /// How many images are on the tape at a time; nil for the whole batch. With fewer, a step takes
  /// longer; its gradients are those of the whole batch all the same, up to rounding, and so are
  /// the statistics of batch normalisation, except that a residual network's channels are
  /// normalised by chunk.
  public var chunk: Int? = nil

  /// With replacement, everything is measured on one empirical law, for which the bounds hold
  /// exactly; without, class means are of the training images and batches are shuffled images.
  public var sampling = SamplingScheme.withoutReplacement

  /// The numbers of draws that the encoder is measured at, each a measurement; nil for `draws`
  /// alone. Without replacement it is measured as it was trained.
  public var measuredDraws: [Int]? = nil

  /// How often the validation images are gone through in batches when measuring; nil for what is
  /// usual, see `MeasuringConfiguration`.
  public var passes: Int? = nil

  /// Over how many views means are taken.
  public var views = 10

  /// A configuration with the remaining properties as they are by default.
  public init(
    draws: Int, seed: UInt64, epochs: Int, shape: EncoderShape, augmentation: Augmentation
  ) {
    self.draws = draws
    self.seed = seed
    self.epochs = epochs
    self.shape = shape
    self.augmentation = augmentation
  }

  /// The highest learning rate: what was asked for, or for a batch of N items 0.05 + 0.3 N / 256
  /// (sgd), 0.3 N / 256 (lars; the rule of SimCLR) or 0.001 (adam). With embeddings, of which a
  /// step moves few and each by its share of a text, it is 0.05 + 2 N / 256 (sgd).
  public var peakLearningRate: Double {
    if let learningRate { return learningRate }
    let linear = 0.3 * Double(batchSize) / 256
    return switch optimizer {
    case .sgd: 0.05 + (shape.embedding == nil ? linear : 2 * Double(batchSize) / 256)
    case .lars: linear
    case .adam: 0.001
    }
  }

  /// Whether all numbers are in their ranges.
  var isMeaningful: Bool {
    epochs >= 1 && (0..<epochs).contains(warmUpEpochs) && passes ?? 1 >= 1 && views >= 1
      && momentumContrast?.isMeaningful ?? true && chunk ?? 1 >= 1
      && Self.temperatures.contains(temperature)
      && (measuredDraws == nil || sampling == .withReplacement)
      && allMeasuredDraws.allSatisfy { $0 >= 2 } && !allMeasuredDraws.isEmpty
  }

  /// The numbers of draws that the encoder is measured at.
  var allMeasuredDraws: [Int] { measuredDraws ?? [draws] }

  /// How many items a step of training takes.
  public var batchSize: Int { momentumContrast?.batchSize ?? draws }

  /// How many items are on the tape at a time.
  var chunkSize: Int { min(chunk ?? batchSize, batchSize) }

  /// A text that differs between configurations that differ.
  var fingerprint: String {
    let a = augmentation
    let loss =
      momentumContrast.map { "moco batch \($0.batchSize) momentum \($0.momentum)" } ?? loss.rawValue
    let measured = measuredDraws.map { " measured \($0.map(String.init).joined(separator: ","))" }
    return """
      draws \(draws) seed \(seed) epochs \(epochs) shape \(shape) loss \(loss) \
      temperature \(temperature) optimizer \(optimizer.rawValue) rate \(peakLearningRate) \
      decay \(weightDecay) warm-up \(warmUpEpochs) rotation \(a.rotation) \
      scale \(a.scale.lowerBound) \(a.scale.upperBound) shear \(a.shear) shift \(a.shift) \
      crop \(a.cropArea) flip \(a.isFlipped) intensity \(a.intensity) noise \(a.noise) \
      colour \(a.colour?.fingerprint ?? "none") \
      erase \(a.words.erasure) replace \(a.words.replacement) \
      chunk \(chunkSize) sampling \(sampling.rawValue) passes \(measuring.passCount) views \(views)\
      \(measured ?? "")
      """
  }
}
