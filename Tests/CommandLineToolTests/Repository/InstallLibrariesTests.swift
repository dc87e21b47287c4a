// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

/// Runs the script on a system made of stubs; nothing is ever installed.
@Suite struct InstallLibrariesTests {
  /// A Debian system: packages are there once the file `installed` is.
  private struct Debian {
    let tools = StubTools()

    init(user: Int, isInstalled: Bool) throws {
      tools.link("mktemp", "rm", "env")
      try tools.add("id", "echo \(user)")
      try tools.add("dpkg-query", "[ -e \(tools.folder.file("installed")) ] && echo installed")
      try tools.add("pkg-config", "exit 1")
      try aptGet()
      if isInstalled { try tools.add("installed") }
    }

    /// What apt-get does after it has recorded its arguments.
    func aptGet(
      update: String = "exit 0", install: String = #": >"${0%/*}/installed""#
    ) throws {
      try tools.add(
        "apt-get",
        #"""
        echo "apt-get $*" >>"${0%/*}/log"
        if [ "$1" = update ]; then \#(update); else \#(install); fi
        """#)
    }

    func run(_ arguments: String...) -> Subprocess.Result {
      tools.run("scripts/install-libraries", arguments)
    }

    /// What was called.
    var log: [String] {
      let text = (try? tools.folder.text(of: "log")) ?? ""
      return text.split(separator: "\n").map(String.init)
    }
  }

  static let calls = [
    "apt-get update",
    "apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "
      + "libgmp-dev libmpfr-dev zlib1g-dev",
  ]

  @Test("Where everything is there nothing is done or said", arguments: [0, 1000])
  func present(user: Int) throws {
    let system = try Debian(user: user, isInstalled: true)
    #expect(system.run() == .init(end: .exit(0), output: "", diagnostics: ""))
    #expect(system.log == [])
  }

  @Test("For figures gnuplot is there, or installed with the rest")
  func figures() throws {
    let system = try Debian(user: 0, isInstalled: true)
    try system.tools.add("gnuplot")
    #expect(system.run("--figures") == .init(end: .exit(0), output: "", diagnostics: ""))
    let bare = try Debian(user: 0, isInstalled: false)
    bare.tools.link("chmod")
    try bare.aptGet(
      install: #": >"${0%/*}/installed"; : >"${0%/*}/gnuplot"; chmod +x "${0%/*}/gnuplot""#)
    #expect(bare.run("--figures").end == .exit(0))
    #expect(bare.log == [Self.calls[0], Self.calls[1] + " gnuplot-nox"])
    let alone = try Debian(user: 1000, isInstalled: true)
    try alone.tools.add("sudo", "exit 1")
    #expect(alone.run().end == .exit(0))
    let result = alone.run("--figures")
    #expect(result.end == .exit(1))
    #expect(result.diagnostics.hasPrefix("Error: gnuplot-nox must be installed, and sudo wants"))
  }

  @Test("Other arguments are an error")
  func usage() throws {
    let result = try Debian(user: 0, isInstalled: true).run("--all")
    #expect(
      result
        == .init(
          end: .exit(64), output: "", diagnostics: "Usage: install-libraries [--figures]\n"))
  }

  @Test("Root installs what is missing")
  func root() throws {
    let system = try Debian(user: 0, isInstalled: false)
    let result = system.run()
    #expect(
      result
        == .init(
          end: .exit(0), output: "", diagnostics: "Installing libgmp-dev libmpfr-dev zlib1g-dev\n"))
    #expect(system.log == Self.calls)
  }

  @Test("A user installs through sudo where that asks for no password")
  func sudo() throws {
    let system = try Debian(user: 1000, isInstalled: false)
    try system.tools.add("sudo", #"[ "$1" = -n ] && shift; [ "$1" = true ] || "$@""#)
    #expect(system.run().end == .exit(0))
    #expect(system.log == Self.calls)
  }

  @Test("A user whose sudo wants a password is told what to run")
  func password() throws {
    let system = try Debian(user: 1000, isInstalled: false)
    try system.tools.add("sudo", "exit 1")
    let result = system.run()
    #expect(result.end == .exit(1))
    #expect(
      result.diagnostics == """
        Error: libgmp-dev libmpfr-dev zlib1g-dev must be installed, and sudo wants a password. Please run
          sudo apt-get update && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y \
        --no-install-recommends libgmp-dev libmpfr-dev zlib1g-dev

        """)
    #expect(system.log == [])
  }

  @Test("A user without sudo is told to become root")
  func noSudo() throws {
    let result = try Debian(user: 1000, isInstalled: false).run()
    #expect(result.end == .exit(1))
    #expect(
      result.diagnostics.contains("which needs root and there is no sudo. Please run\n  su -c"))
  }

  @Test("An update that fails does not matter if the installation succeeds")
  func failedUpdate() throws {
    let system = try Debian(user: 0, isInstalled: false)
    try system.aptGet(update: "exit 100")
    let result = system.run()
    #expect(result.end == .exit(0))
    #expect(result.diagnostics.contains("Warning: apt-get update failed"))
  }

  @Test(
    "An installation that fails, or changes nothing, is an error", arguments: ["exit 100", ":"])
  func failedInstallation(action: String) throws {
    let system = try Debian(user: 0, isInstalled: false)
    try system.aptGet(install: action)
    let result = system.run()
    #expect(result.end == .exit(1))
    #expect(result.diagnostics.contains("Error: "))
    #expect(result.diagnostics.contains("Please run\n  apt-get update && "))
  }

  @Test("On other systems the command to run is printed")
  func otherSystems() throws {
    let tools = StubTools()
    tools.link("mktemp", "rm")
    try tools.add("uname", "echo Darwin")
    let mac = tools.run("scripts/install-libraries")
    #expect(mac.end == .exit(1))
    #expect(
      mac.diagnostics == """
        Error: GMP, MPFR, zlib or pkg-config is missing. Please run
          brew install gmp mpfr zlib pkg-config

        """)
    #expect(
      tools.run("scripts/install-libraries", ["--figures"]).diagnostics == """
        Error: GMP, MPFR, zlib, pkg-config or gnuplot is missing. Please run
          brew install gmp mpfr zlib pkg-config gnuplot

        """)
    try tools.add("uname", "echo Linux")
    let linux = tools.run("scripts/install-libraries")
    #expect(linux.end == .exit(1))
    #expect(
      linux.diagnostics.hasPrefix(
        "Error: missing: libgmp-dev libmpfr-dev zlib1g-dev pkg-config (in Debian's names).\n"))
  }
}
