// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// This folder is compiled three times: as `Kernels` for the baseline, and for x86-64 as `KernelsV3`
// with FMA defined and as `KernelsV4` with FMA and AVX512. What is compiled three times has no
// generic function, no Array and no public type but `CompiledKernels`: their code would be merged
// with copies in other modules. What the modules share is in `KernelInterface`. Every entry point
// is a method that is not inlined, on raw memory whose sizes its caller, `Engine`, has checked. A
// thread calls a kernel on its own part of the output.

/// Eight floats, the width that most kernels work in.
typealias Lanes = SIMD8<Float>

// Products and the transforms of Winograd's tiles, which wait for arithmetic more than for memory,
// work in the widest vectors there are: each of their sums has one lane to itself, so that
// its bits do not depend on how many lanes there are.
#if AVX512
  typealias WideLanes = SIMD16<Float>
  let wideCount = 16
#else
  typealias WideLanes = Lanes
  let wideCount = 8
#endif

/// Eight floats from memory of any alignment.
@inline(__always)
func load(_ pointer: UnsafePointer<Float>) -> Lanes {
  unsafe UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
}

/// Eight floats from memory of any alignment.
@inline(__always)
func load(_ pointer: UnsafeMutablePointer<Float>) -> Lanes {
  unsafe UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
}

/// Eight floats into memory of any alignment.
@inline(__always)
func store(_ lanes: Lanes, _ pointer: UnsafeMutablePointer<Float>) {
  unsafe UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: Lanes.self)
}

/// A wide vector from memory of any alignment.
@inline(__always)
func loadWide(_ pointer: UnsafePointer<Float>) -> WideLanes {
  unsafe UnsafeRawPointer(pointer).loadUnaligned(as: WideLanes.self)
}

/// A wide vector into memory of any alignment.
@inline(__always)
func storeWide(_ lanes: WideLanes, _ pointer: UnsafeMutablePointer<Float>) {
  unsafe UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: WideLanes.self)
}

/// The first `width` floats of a wide vector, all or eight; the others are 0.
@inline(__always)
func loadWide(_ pointer: UnsafePointer<Float>, _ width: Int) -> WideLanes {
  #if AVX512
    if width == 8 {
      return unsafe WideLanes(lowHalf: load(pointer), highHalf: Lanes(repeating: 0))
    }
  #endif
  return unsafe loadWide(pointer)
}

/// The first `width` floats of a wide vector, all or eight, into memory of any alignment.
@inline(__always)
func storeWide(_ lanes: WideLanes, _ pointer: UnsafeMutablePointer<Float>, _ width: Int) {
  #if AVX512
    if width == 8 { return unsafe store(lanes.lowHalf, pointer) }
  #endif
  unsafe storeWide(lanes, pointer)
}

/// The first `count` of eight floats, 1 to 8; the others are 0.
@inline(__always)
func load(_ pointer: UnsafePointer<Float>, _ count: Int) -> Lanes {
  if count == 8 { return unsafe load(pointer) }
  var lanes = Lanes(repeating: 0)
  for k in 0..<count { unsafe lanes[k] = pointer[k] }
  return lanes
}

/// The first `count` of eight floats, 1 to 8.
@inline(__always)
func store(_ lanes: Lanes, _ pointer: UnsafeMutablePointer<Float>, _ count: Int) {
  if count == 8 { return unsafe store(lanes, pointer) }
  for k in 0..<count { unsafe pointer[k] = lanes[k] }
}

/// c + a b, rounded once where the target has fused instructions and twice elsewhere.
///
/// Without them `addProduct` would call a library function for every lane.
@inline(__always)
func multiplyAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
  #if FMA || arch(arm64)
    c.addingProduct(a, b)
  #else
    c + a * b
  #endif
}

#if AVX512
  /// c + a b, rounded once.
  @inline(__always)
  func multiplyAdd(_ a: WideLanes, _ b: WideLanes, _ c: WideLanes) -> WideLanes {
    c.addingProduct(a, b)
  }
#endif

/// The sum of eight lanes, in a fixed order.
@inline(__always)
func sum(_ lanes: Lanes) -> Float {
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  return two.x + two.y
}

/// The largest of eight lanes.
@inline(__always)
func largest(_ lanes: Lanes) -> Float {
  let four = lanes.lowHalf.replacing(with: lanes.highHalf, where: lanes.highHalf .> lanes.lowHalf)
  let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
  return two.y > two.x ? two.y : two.x
}

/// Replaces each of `count` floats by a function of it that treats all lanes alike.
@inline(__always)
func replaceEach(
  of values: UnsafeMutablePointer<Float>, count: Int, by function: (Lanes) -> Lanes
) {
  var i = 0
  while i + 8 <= count {
    unsafe store(function(load(values + i)), values + i)
    i += 8
  }
  while i < count {
    unsafe values[i] = function(Lanes(repeating: unsafe values[i]))[0]
    i += 1
  }
}
