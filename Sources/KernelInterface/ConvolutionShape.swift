// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// The shape of a convolution of images, (height, width, inputChannels) each, with filters of
/// `side` by `side` taps; images are bordered by side / 2 pixels of zeros.
///
/// Weights are (side, side, inputChannels, outputChannels). A convolution is a direct one, with
/// windows of a padded copy of the image as rows of a product, or Winograd's F(4, 3) for 3 x 3 taps
/// at stride 1.
package struct ConvolutionShape: Hashable, Sendable {
  /// Rows and columns of the input.
  package let height, width: Int
  /// Values of a pixel of the input, and of the output.
  package let inputChannels, outputChannels: Int
  /// Rows and columns of a filter, 1 or 3.
  package let side: Int
  /// The distance between windows, 1 or 2.
  package let stride: Int

  /// A shape.
  ///
  /// - Precondition: `side` is 1 or 3, `stride` 1 or 2, and nothing is empty.
  package init(
    height: Int, width: Int, inputChannels: Int, outputChannels: Int, side: Int, stride: Int
  ) {
    precondition(
      height > 0 && width > 0 && inputChannels > 0 && outputChannels > 0, "an empty convolution")
    precondition((side == 1 || side == 3) && (stride == 1 || stride == 2), "side or stride")
    self.height = height
    self.width = width
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.side = side
    self.stride = stride
  }

  /// Pixels of zeros on each side.
  package var border: Int { side / 2 }
  /// Rows of the output.
  package var outputHeight: Int { (height - 1) / stride + 1 }
  /// Columns of the output.
  package var outputWidth: Int { (width - 1) / stride + 1 }
  /// Floats in an image of the input.
  package var inputCount: Int { height * width * inputChannels }
  /// Floats in an image of the output.
  package var outputCount: Int { outputHeight * outputWidth * outputChannels }
  /// Pixels in an image of the output.
  package var positionCount: Int { outputHeight * outputWidth }
  /// The number of weights.
  package var weightCount: Int { side * side * inputChannels * outputChannels }

  /// Whether the convolution is Winograd's; on images of less than 3 x 3 pixels its tiles would be
  /// mostly empty.
  package var isWinograd: Bool {
    side == 3 && stride == 1 && inputChannels % 8 == 0 && outputChannels % 8 == 0 && height > 2
      && width > 2
  }

  /// Rows and columns of Winograd's tiles.
  package var tiles: (rows: Int, columns: Int) { ((height + 3) / 4, (width + 3) / 4) }

  /// Winograd's tiles of an image.
  package var tileCount: Int { tiles.rows * tiles.columns }

  /// The distance between the pixels that are copied into a padded input: windows of one pixel
  /// read no others.
  package var sampling: Int { side == 1 ? stride : 1 }

  /// Rows and columns of a padded input.
  package var paddedInput: (rows: Int, columns: Int) {
    if isWinograd { return (4 * tiles.rows + 2, 4 * tiles.columns + 2) }
    return side == 1 ? (outputHeight, outputWidth) : (height + 2, width + 2)
  }

  /// Rows and columns of a padded gradient with respect to the output.
  package var paddedOutput: (rows: Int, columns: Int) {
    isWinograd ? paddedInput : (outputHeight + 2 * border, outputWidth + 2 * border)
  }

  /// Floats in a padded input.
  package var paddedInputCount: Int { paddedInput.rows * paddedInput.columns * inputChannels }

  /// Floats in a padded gradient.
  package var paddedOutputCount: Int { paddedOutput.rows * paddedOutput.columns * outputChannels }

  /// Winograd's tiles that are multiplied at a time: more for weights that leave the caches.
  package var block: Int { inputChannels * outputChannels < 65536 ? 16 : 64 }

  /// How many images are worth a call: enough for a block of tiles.
  package var group: Int { isWinograd ? (block + tileCount - 1) / tileCount : 1 }

  /// How many images have their gradients of weights computed together: what fits the third cache,
  /// but enough tiles to be worth the weights' way through memory. A multiple of `group`.
  package var batch: Int {
    let limit = 3 << 19
    if isWinograd {
      let tiles = max(128, limit / (36 * (inputChannels + outputChannels)))
      return (tiles / tileCount + group - 1) / group * group
    }
    return max(1, limit / (paddedInputCount + paddedOutputCount))
  }
}
