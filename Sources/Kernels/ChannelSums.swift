// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Sums over the pixels of one image, down the pixels in order. Sums of images are added by the
// caller, image by image and in double precision: a batch of images has more pixels than a sum of
// floats can take in without loss.

extension CompiledKernels {
  /// The mean of every channel, and the sum of squared deviations from it.
  ///
  /// - Parameters:
  ///   - pixels: (count, channels).
  ///   - moments: (2, channels); receives means and sums of squares.
  @inline(never)
  package func channelMoments(
    _ pixels: UnsafePointer<Float>, count: Int, channels: Int,
    into moments: UnsafeMutablePointer<Float>
  ) {
    let reciprocal = 1 / Float(count)
    let squares = unsafe moments + channels
    var j = 0
    while j + 8 <= channels {
      var total = Lanes(repeating: 0)
      for i in 0..<count { unsafe total += load(pixels + (i * channels + j)) }
      let mean = total * reciprocal
      var square = Lanes(repeating: 0)
      for i in 0..<count {
        let deviation = unsafe load(pixels + (i * channels + j)) - mean
        square = multiplyAdd(deviation, deviation, square)
      }
      unsafe store(mean, moments + j)
      unsafe store(square, squares + j)
      j += 8
    }
    while j < channels {
      var total: Float = 0
      for i in 0..<count { unsafe total += pixels[i * channels + j] }
      let mean = total * reciprocal
      var square: Float = 0
      for i in 0..<count {
        let deviation = unsafe pixels[i * channels + j] - mean
        square += deviation * deviation
      }
      unsafe moments[j] = mean
      unsafe squares[j] = square
      j += 1
    }
  }

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
    var j = 0
    while j + 8 <= channels {
      let (mean, scale, offset) = unsafe (load(map + j), load(scales + j), load(offsets + j))
      var (total, product) = (Lanes(repeating: 0), Lanes(repeating: 0))
      for i in 0..<count {
        let at = i * channels + j
        let deviation = unsafe load(input + at) - mean
        var dy = unsafe load(gradient + at)
        if isRectified {
          dy = dy.replacing(with: 0, where: multiplyAdd(deviation, scale, offset) .<= 0)
          unsafe store(dy, gradient + at)
        } else if let output = unsafe output {
          dy = unsafe dy.replacing(with: 0, where: load(output + at) .<= 0)
          unsafe store(dy, gradient + at)
        }
        total += dy
        product = multiplyAdd(dy, deviation, product)
      }
      unsafe store(total, sums + j)
      unsafe store(product, products + j)
      j += 8
    }
    while j < channels {
      let (mean, scale, offset) = unsafe (map[j], scales[j], offsets[j])
      var (total, product) = (Float(0), Float(0))
      for i in 0..<count {
        let at = i * channels + j
        let deviation = unsafe input[at] - mean
        var isOff = isRectified && deviation * scale + offset <= 0
        if let output = unsafe output { isOff = unsafe output[at] <= 0 }
        if isOff { unsafe gradient[at] = 0 }
        unsafe total += gradient[at]
        unsafe product += gradient[at] * deviation
      }
      unsafe sums[j] = total
      unsafe products[j] = product
      j += 1
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
