// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

/// A layer of images that ends with a rectifier. What a rectifier does to an image depends on no
/// other, so that it can be left to the layer behind, which has the image in the caches.
///
/// Forward: `forwardSums`, then `rectify` for every image. Back: `rectifyBackward` for every image,
/// then `backwardSums`. The layer behind, if it is of this kind, calls the inner two as it comes to
/// each image; otherwise `forward` and `backward` do it all.
protocol RectifiedLayer: Layer {
  /// Computes what is rectified, and keeps it.
  ///
  /// - Parameter before: Called with ranges of images whose input is about to be read, each image
  ///   once, on the thread that reads it.
  func forwardSums(
    _ input: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine,
    before: (_ images: Range<Int>) -> Void)

  /// Computes the output for some images; not divided among threads.
  func rectify(
    _ images: Range<Int>, input: Matrix, into output: Matrix, memory: LayerMemory, engine: Engine)

  /// Sets the gradient to 0 where the rectifier gave 0, and keeps what `backwardSums` needs of it,
  /// for some images; not divided among threads.
  func rectifyBackward(
    _ images: Range<Int>, output: Matrix, gradient: Matrix, memory: LayerMemory, engine: Engine)

  /// `backward` from the gradient with respect to what is rectified.
  ///
  /// - Parameter done: Called with ranges of images whose input's gradient is there, each image
  ///   once, on the thread that computed it.
  func backwardSums(
    input: Matrix, gradient: Matrix, into inputGradient: Matrix?, memory: LayerMemory,
    parameterGradients: FloatVector?, engine: Engine, done: (_ images: Range<Int>) -> Void)
}

extension RectifiedLayer {
  func forward(
    _ input: Matrix, into output: Matrix, memory: LayerMemory, mode: LayerMode, engine: Engine
  ) {
    forwardSums(input, memory: memory, mode: mode, engine: engine) { _ in }
    rectifyAll(input, into: output, memory: memory, engine: engine)
  }

  /// `rectify` for all images.
  func rectifyAll(_ input: Matrix, into output: Matrix, memory: LayerMemory, engine: Engine) {
    engine.divide(input.rows, cost: 0.3 * Double(outputWidth)) { _, images in
      rectify(images, input: input, into: output, memory: memory, engine: engine)
    }
  }

  func backward(
    input: Matrix, output: Matrix, gradient: Matrix, into inputGradient: Matrix?,
    memory: LayerMemory, parameterGradients: FloatVector?, engine: Engine
  ) {
    rectifyAllBackward(output: output, gradient: gradient, memory: memory, engine: engine)
    backwardSums(
      input: input, gradient: gradient, into: inputGradient, memory: memory,
      parameterGradients: parameterGradients, engine: engine
    ) { _ in }
  }

  /// `rectifyBackward` for all images.
  func rectifyAllBackward(
    output: Matrix, gradient: Matrix, memory: LayerMemory, engine: Engine
  ) {
    engine.divide(gradient.rows, cost: 0.5 * Double(outputWidth)) { _, images in
      rectifyBackward(images, output: output, gradient: gradient, memory: memory, engine: engine)
    }
  }
}
