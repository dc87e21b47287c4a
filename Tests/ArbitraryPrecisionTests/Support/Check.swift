// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import Testing

/// `#expect` for conditions on noncopyable values, which the macro cannot take apart.
func check(
  _ condition: Bool, _ note: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(condition, note, sourceLocation: sourceLocation)
}
