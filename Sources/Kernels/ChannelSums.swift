// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Sums over the pixels of one image, down the pixels in order. Sums of images are added by the
// caller, image by image and in double precision: a batch of images has more pixels than a sum of
// floats can take in without loss.

private typealias Mask = SIMDMask<Lanes.MaskStorage>

extension CompiledKernels {
  /// The sums that the gradient of a batch normalisation needs: of dy and of dy (x - mean).
  ///
  /// - Parameters:
  ///   - gradient: dy, (count, channels); set to 0 where the rectifier gave 0, if there was one.
  ///   - input: x, (count, channels).
  ///   - map: (3, channels): means, scales and offsets.
  ///   - isRectified: Whether a rectifier came after the map.
  ///   - output: What a rectifier gave that came later, (count, channels), or nil.
  ///   - sums: (2, channels); receives the sums.
  @inline(never)
  package func channelGradientSums(
    _ gradient: UnsafeMutablePointer<Float>, input: UnsafePointer<Float>, count: Int, channels: Int,
    map: UnsafePointer<Float>, isRectified: Bool, output: UnsafePointer<Float>?,
    into sums: UnsafeMutablePointer<Float>
  ) {
    let scales = unsafe map + channels
    let offsets = unsafe scales + channels
    let products = unsafe sums + channels
    unsafe sums.update(repeating: 0, count: 2 * channels)
    @inline(__always)
    func block(
      _ i: Int, _ height: Int, _ j: Int, _ width: Int, _ isOff: (_ at: Int, _ y: Lanes) -> Mask?
    ) {
      let mean = unsafe load(map + j, width)
      let (scale, offset) = unsafe (load(scales + j, width), load(offsets + j, width))
      var (total, product) = unsafe (load(sums + j, width), load(products + j, width))
      for r in i..<i + height {
        let at = r * channels + j
        let deviation = unsafe load(input + at, width) - mean
        var dy = unsafe load(gradient + at, width)
        if let off = isOff(at, multiplyAdd(deviation, scale, offset)) {
          dy.replace(with: 0, where: off)
          unsafe store(dy, gradient + at, width)
        }
        total += dy
        product = multiplyAdd(dy, deviation, product)
      }
      unsafe store(total, sums + j, width)
      unsafe store(product, products + j, width)
    }
    if isRectified {
      sweep(rows: count, columns: channels) { block($0, $1, $2, $3) { _, y in y .<= 0 } }
    } else if let output = unsafe output {
      sweep(rows: count, columns: channels) { i, height, j, width in
        block(i, height, j, width) { at, _ in unsafe load(output + at, width) .<= 0 }
      }
    } else {
      sweep(rows: count, columns: channels) { block($0, $1, $2, $3) { _, _ in nil } }
    }
  }

  /// The mean of every channel over the pixels of each image: global average pooling.
  ///
  /// - Parameters:
  ///   - input: (images, pixels, channels).
  ///   - output: (images, channels).
  @inline(never)
  package func averagePixels(
    _ input: UnsafePointer<Float>, images: Int, pixels: Int, channels: Int,
    into output: UnsafeMutablePointer<Float>
  ) {
    let reciprocal = 1 / Float(pixels)
    for image in 0..<images {
      let (source, target) = unsafe (
        input + image * pixels * channels, output + image * channels
      )
      var j = 0
      while j + 8 <= channels {
        var total = Lanes(repeating: 0)
        for i in 0..<pixels { unsafe total += load(source + (i * channels + j)) }
        unsafe store(total * reciprocal, target + j)
        j += 8
      }
      while j < channels {
        var total: Float = 0
        for i in 0..<pixels { unsafe total += source[i * channels + j] }
        unsafe target[j] = total * reciprocal
        j += 1
      }
    }
  }

  /// The gradient of `averagePixels`: every pixel has an equal part.
  ///
  /// - Parameters:
  ///   - gradient: (images, channels), with respect to the output.
  ///   - inputGradient: (images, pixels, channels); receives the gradient.
  @inline(never)
  package func averagePixelsBackward(
    _ gradient: UnsafePointer<Float>, images: Int, pixels: Int, channels: Int,
    into inputGradient: UnsafeMutablePointer<Float>
  ) {
    let reciprocal = 1 / Float(pixels)
    for image in 0..<images {
      let target = unsafe inputGradient + image * pixels * channels
      for j in 0..<channels { unsafe target[j] = gradient[image * channels + j] * reciprocal }
      for i in 1..<larger(pixels, 1) {
        unsafe (target + i * channels).update(from: target, count: channels)
      }
    }
  }
}
