// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

// Names are those of C.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import CUpsilon

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Where the interface hands out a string.
public typealias CText = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

extension CText {
  /// Hands out a copy, which `upsilon_1_free` frees.
  func set(_ text: String) { unsafe pointee = unsafe strdup(text) }
}

/// `upsilon_1_free` of upsilon.h.
@c @implementation
public func upsilon_1_free(_ memory: UnsafeMutableRawPointer?) { unsafe free(memory) }

/// `upsilon_1_version` of upsilon.h.
@c @implementation
public func upsilon_1_version() -> UnsafePointer<CChar> { unsafe UnsafePointer(version) }

/// Made once and never freed.
nonisolated(unsafe) private let version: UnsafeMutablePointer<CChar> = {
  guard let text = unsafe strdup(toolVersion) else { fatalError("out of memory") }
  return unsafe text
}()
