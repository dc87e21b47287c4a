# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors
"""Makes every error bound a little too small, one at a time, and looks whether a test notices.

    mutate [--list] [--only REGEX] [--suites REGEX] [--sample COUNT --seed SEED] [--proven]
           [--jobs JOBS] [--folder FOLDER]

Sites are found in the sources of ArbitraryPrecision, Occupancy and Bounds by these rules:

* direction: MPFR_RNDU and MPFR_RNDD, `.up` and `.down` as arguments, and `up: true`. One mutant, the
  other direction.
* inflation: a factor 1 + 2^-k, for the roundings of a bound's own computation. Three mutants:
  without it, and with the factor, so the whole bound, 3 % and 50 % smaller. Of a lower bound's
  1 - 2^-k: without it, and the bound larger by as much.
* constant: any other floating-point literal, unless a comparison with it chooses a method; and the
  literals in the lines of COUNTS, which count units and roundings. Two mutants, 3 % and 50 % smaller;
  an integer becomes one less, and half.

NOT_BOUNDS lists lines which the rules find and which bound nothing: plans, starting points and
estimates, where a wrong value costs time or a second try, but no digit.

A copy of the package asks at each site, by a number in the environment, whether it is the mutant that
runs; so all of them are built once. Each suite of tests runs once alone, for its duration and for the
sites that it reaches. Then each mutant runs the suites which reach it, its file's own first and the
quickest before the slow ones, until a test fails, the process dies, or its processor time is out.

Survivors must be in expected-survivors.csv, with a reason of one of two kinds: "proven", where the
bound is larger than what it bounds by more than the mutation takes, or the mutation changes nothing;
and "open", where the slack is not proven and no input is known that comes so near to the bound, with
the largest share of the bound that was found. Those that are proven to survive run with --proven
alone. The table goes to standard output as CSV. Exits with 1 if another mutant survives, or the table
has one that is not there any more.
"""
import argparse
import concurrent.futures
import csv
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "scripts/expected-survivors.csv"
MODULES = ["ArbitraryPrecision", "Occupancy", "Bounds"]
SITES = 4096

LITERAL = r"(?<![\w.$])(?:0x[0-9a-fA-F.]+p-?\d+|\d[\d_]*\.\d[\d_]*(?:e-?\d+)?|\d+e-?\d+)(?![\w.])"
INTEGER = r"(?<![\w.$])\d[\d_]*(?![\w.])"
RULES = [
    ("direction", re.compile(r"\bMPFR_RND[UD]\b")),
    ("direction", re.compile(
        r"(?:(?<=rounding: )|(?<=Rounding = )|(?<=\()|(?<=, ))\.(?:up|down)(?=[),])")),
    ("direction", re.compile(r"(?<=\bup: )(?:true|false)\b")),
    ("inflation", re.compile(r"(?<![\w.)] )\b1 [+-] 0x1p-\d+\b")),
    ("constant", re.compile(r"(?<![<>] )(?<![<>=]= )" + LITERAL)),
]
# Lines whose integers count units or roundings of an error bound.
COUNTS = [
    r"RealBall.swift: .*Magnitude\((1), exponent: -bits\) \+ Magnitude\((1), exponent: -precision\)",
    r"ComplexWord\+Arithmetic.swift: .*lose\(Self.unit / ()(2)\)",
    r"ComplexWord\+Double.swift: .*units = .* \+ (1)$",
    r"ComplexWord\+Size.swift: .*units = .* \+ (1)\)$",
    r"TurningSum.swift: .*\(error \+ (188) ",
    r"NewtonSeries.swift: .*errors\[j\] \+= (1) ",
    r"NewtonSeries.swift: .*\$0 \+ \$1 \+ (1) ",
    r"NewtonSeries.swift: .*\(errors\[0\] \+ (1),",
    r"ComplexBall\+Size.swift: .*doubled \? (2) : (1)\)",
    r"RealBall\+Functions.swift: .*\(Magnitude\((1)\) \+ d\)",
    r"ComplexBall.swift: .*scaled\(by: (1) \+ d.bound\)",
    r"ComplexWord\+Exponential.swift: .*d \* \((1) \+ d\)",
    r"RelativeError.swift: .*precision < 5 \? (4) ",
    r"WordInterval\+Logarithm.swift: .*growth &\+ (4), (4)\) : \((4), growth &\+ (4)\)",
    r"WordInterval\+Logarithm.swift: .*&>> 111 &\+ (2), ",
    r"WordInterval\+Logarithm.swift: .*\(width &\+ width &>> 5\) &>> 1 &\+ (1),",
    r"WordInterval\+Logarithm.swift: .*inverse\) &\+ (3), exponent",
    r"WordInterval\+Logarithm.swift: .*UInt64\(ratio\) &\+ (1)\) : .*&\+ (1)\)",
    r"WordInterval\+Decimal.swift: .*power.mantissa\) &\+ (3)$",
    r"CollisionExpectedLog.swift: .*roundings\((62),",
    r"Survival.swift: .*size \+ Magnitude\((1)\)$",
    r"TiltSizes.swift: .*(2) \* lUnit .* (2) \* uUnit",
    r"TiltSizes.swift: .*off \* \((3) \*",
    r"TiltSizes.swift: .*sizeOfUnits \+ (1)\) \* Double\(terms.count \+ (8)\)",
    r"PhiFunction.swift: .*window.chain \+ (8)\)",
    r"PhiFunction.swift: .*\(sums.value \+ (2)\)",
    r"PhiFunction.swift: .*window.error / ()(4) ",
    r"LatticeWindow.swift: .*\((11) \* .* \+ (2)\)",
    r"SubsetLossMinimum.swift: .*model.marginal\(x\) \* (2),",
]
NOT_BOUNDS = [
    # Whole files of plans, estimates, costs and data.
    r"(CapacityError|OperationCost|CoverageEstimate|ClassTilt|OccupancyProduct|ContourPlan"
    r"|DistinctTable|PublishedMeasurements|Notebook\w+Bound|QuantileSearch|InclusionExclusion|MissedPairs|ClassFactor"
    r"|AvoidanceProbability|SubsetLossMinimizer|BaoTightenedBound|CollisionMixture"
    r"|CoverageProbability\+Methods|DuplicateProbability|Integer\+Approximation|IncreasingFunction"
    r"|Rational\+Parsing|WeightPowers|CollisionLaw|LabelLaw|DistinctLaw|SomeReached|SomeMissed)\.swift:",
    # Zero, and the start of a sum or a product.
    r": .*(var|private var|let) .*= \(?-?[01]\.0", r"reduce\(0\.0\)", r"\$0\.0\b|\$1\.[01]\b",
    # Digits and bits that a request needs.
    r"EvenMissSum.swift: .*min\(bits",
    r"3\.32193", r"301_029_995", r"1\.442_695", r"/ 0\.693|\* 0\.693\b", r"Int\(saturating: max\(64",
    r"(CoverageCurve|DistinctWindow|CoverageWindow|CollisionSeries|AllReached|PackMissSum|SomeClasses)"
    r"\.swift: .*"
    r"(isMiss|saturating|estimate|Reach|deviation|goal|nats|center|while size|seconds|planning|omitted)",
    # A power of two that changes the unit, and the sizes of exact parts of numbers.
    r"\(log / ln2\)\.rounded",
    r"«0x1p(64|52|121|-56|-61|-512|-768)»", r"Double\(bits\) \* «0x1p-53»",
    # What keeps logarithms and quotients finite, or numbers within their range.
    r"«1e-6»|«1e-3»|«1e-300»|«1e5»|«1e17»",
    r"TiltSizes.swift: .*\((re|im): ", r"size\) = \(ComplexWord\(\)",
    r"WaitingTime\+Doubles.swift:", r"Enclosure\+Events.swift: .*guard", r"60e-9",
    # The choice between methods, or of a truncation whose error is measured afterwards.
    r"TailTorus.swift: .*(nodes|deviation)", r"ContourProbability.swift: .*rounded",
    r"LinearFactors.swift: .*«1\.5»",
    r"CollisionCurve.swift: .*largestChance", r"CollisionExpectedLog.swift: .*(limit:|min\()",
    r"CountLogMoments.swift: .*2\.718",
    r"WaitingPlan.swift: .*(best|lowest|rangeBits|certain|1e9)",
    r"WaitingTails.swift: .*(0\.03 / h|high =|600\.0|\.isComplete)",
    r"CopyTerms.swift: .*max\(step", r"MissedClassSeries.swift: .*lostBits",
    r"PriorAdjustedLowerBound.swift: .*\(low, high\)", r"PhiFunction.swift: .*middles",
    r"PhiEnvelope.swift: .*filter", r"PhiProblem.swift: .*<= 600", r"Survival.swift: .*isLossy",
    r"PhiComponent.swift: .*target", r"BoundReport.swift: .*1e-12",
    r"CollisionPairWindow.swift: .*tail:", r"NeverOnce.swift: .*rate < ", r"PowerSum.swift:",
]
COUNTS = [re.compile(p) for p in COUNTS]
NOT_BOUNDS = [re.compile(p) for p in NOT_BOUNDS]

FUNCTIONS = """\
internal import CMPFR
internal import CMutants

private func variant(_ site: Int) -> Int { Int(mutants_variant(Int32(site))) }

public func mutatedFactor(_ site: Int, _ x: Double) -> Double {
  switch variant(site) {
  case 0: x
  case 1: 1
  case 2: x > 1 ? 0.97 * x : x / 0.97
  default: x > 1 ? 0.5 * x : x / 0.5
  }
}

public func mutated(_ site: Int, _ x: Double) -> Double {
  switch variant(site) {
  case 0: x
  case 1: 0.97 * x
  default: 0.5 * x
  }
}

/// Of a divisor.
public func mutatedDivisor<T: BinaryInteger>(_ site: Int, _ x: T) -> T {
  variant(site) == 0 ? x : 2 * x
}

public func mutatedDivisor(_ site: Int, _ x: Double) -> Double {
  switch variant(site) {
  case 0: x
  case 1: x / 0.97
  default: x / 0.5
  }
}

public func mutated<T: FixedWidthInteger>(_ site: Int, _ x: T) -> T {
  switch variant(site) {
  case 0: x
  case 1: x - 1
  default: x / 2
  }
}

public func mutated(_ site: Int, _ x: Bool) -> Bool { variant(site) == 0 ? x : !x }

public func mutated(_ site: Int, _ x: Rounding) -> Rounding {
  variant(site) == 0 ? x : x == .up ? .down : .up
}

public func mutated(_ site: Int, _ x: FloatingPointRoundingRule) -> FloatingPointRoundingRule {
  variant(site) == 0 ? x : x == .up ? .down : .up
}

func mutated(_ site: Int, _ x: mpfr_rnd_t) -> mpfr_rnd_t {
  variant(site) == 0 ? x : x == MPFR_RNDU ? MPFR_RNDD : MPFR_RNDU
}
"""
# In Bounds only.
FUNCTION_OF_FRACTIONS = """\
internal import ArbitraryPrecision

func mutated(_ site: Int, _ x: Rational) -> Rational { Real(mutated(site, 1.0)).rational * x }
"""
HEADER = """\
extern int mutants_site, mutants_number;
extern unsigned char mutants_reached[%d];
static inline int mutants_variant(int site) {
  if (!mutants_reached[site]) mutants_reached[site] = 1;
  return mutants_site == site ? mutants_number : 0;
}
""" % SITES
SOURCE = """\
#include "CMutants.h"
#include <stdio.h>
#include <stdlib.h>
int mutants_site = -1, mutants_number;
unsigned char mutants_reached[%d];
__attribute__((constructor)) static void choose(void) {
  const char *text = getenv("MUTANT");
  if (text) sscanf(text, "%%d.%%d", &mutants_site, &mutants_number);
}
__attribute__((destructor)) static void record(void) {
  const char *name = getenv("MUTANTS_REACHED");
  FILE *file = name ? fopen(name, "a") : NULL;
  if (!file) return;
  for (int i = 0; i < %d; i++) if (mutants_reached[i]) fprintf(file, "%%d\\n", i);
  fclose(file);
}
""" % (SITES, SITES)


class Site:
    """A place in a line, and what can be done to it."""

    def __init__(self, number, kind, path, line, text, start, end):
        self.number, self.kind, self.path, self.line = number, kind, path, line
        self.text, self.start, self.end = text, start, end
        self.token = text[start:end]
        self.isDivisor = kind == "constant" and text[:start].endswith("/ ")

    @property
    def mutations(self):
        if self.kind == "direction":
            return ["flipped"]
        if self.kind == "inflation":
            return ["removed", "3 %", "50 %"]
        return ["3 %", "50 %"]

    @property
    def replacement(self):
        name = (
            "mutatedFactor" if self.kind == "inflation"
            else "mutatedDivisor" if self.isDivisor else "mutated")
        return f"{name}({self.number}, {self.token})"

    @property
    def place(self):
        """The file and the line's text with the token marked, which outlive other edits."""
        text = self.text[:self.start] + "«" + self.token + "»" + self.text[self.end:]
        return f"{self.path.name}: {text.strip()}"


def sites_of(path, first):
    """All sites of a file, numbered from `first`."""
    found = []
    for line, text in enumerate(path.read_text().splitlines(), 1):
        code = text.split("//")[0].rstrip()
        if not code.strip() or code.lstrip().startswith("case ."):
            # The right side of a case of `Rounding.mode` counts.
            if "MPFR_RND" not in code:
                continue
        named = f"{path.name}: {code}"
        spans = {}
        for kind, pattern in RULES:
            for match in pattern.finditer(code):
                start, end = match.span()
                marked = f"{path.name}: {code[:start]}«{code[start:end]}»{code[end:]}"
                if any(s < end and start < e for s, e in spans):
                    continue
                if kind == "inflation" or not any(
                        p.search(named) or p.search(marked) for p in NOT_BOUNDS):
                    spans[start, end] = kind
        offset = len(named) - len(code)
        for pattern in COUNTS:
            match = pattern.search(named)
            if not match:
                continue
            for group in range(1, len(match.groups()) + 1):
                if match.group(group):
                    start, end = match.span(group)
                    spans[(start - offset, end - offset)] = "constant"
        for (start, end), kind in sorted(spans.items()):
            found.append(Site(first + len(found), kind, path, line, code, start, end))
    return found


def write(path, text):
    """Writes what differs, so that nothing is built again without need."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def make_copy(folder, sites):
    """The package in which each site asks for its mutant."""
    subprocess.run([ROOT / "scripts/make-part", folder], check=True)
    sources = folder / "Sources"
    if sources.is_symlink():
        sources.unlink()
    sources.mkdir(exist_ok=True)
    for entry in (ROOT / "Sources").iterdir():
        link = sources / entry.name
        if entry.name not in MODULES and not link.is_symlink():
            link.symlink_to(entry)
    by_file = {}
    for site in sites:
        by_file.setdefault(site.path, []).append(site)
    for module in MODULES:
        kept = {sources / "ArbitraryPrecision/Mutated.swift", sources / "Bounds/MutatedFraction.swift"}
        for path in (ROOT / "Sources" / module).rglob("*"):
            target = sources / path.relative_to(ROOT / "Sources")
            kept.add(target)
            if path.suffix != ".swift":
                if path.is_file() and not target.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
                continue
            lines = path.read_text().splitlines()
            for site in reversed(by_file.get(path, [])):
                text = lines[site.line - 1]
                lines[site.line - 1] = text[:site.start] + site.replacement + text[site.end:]
            text = "\n".join(lines) + "\n"
            if path in by_file and module != "ArbitraryPrecision":
                if not re.search(r"^\w* ?import ArbitraryPrecision$", text, re.M):
                    text = "internal import ArbitraryPrecision\n" + text
            write(target, text)
        for path in (sources / module).rglob("*.swift"):
            if path not in kept:
                path.unlink()
    write(sources / "ArbitraryPrecision/Mutated.swift", FUNCTIONS)
    write(sources / "Bounds/MutatedFraction.swift", FUNCTION_OF_FRACTIONS)
    write(sources / "CMutants/include/CMutants.h", HEADER)
    write(sources / "CMutants/CMutants.c", SOURCE)
    package = folder / "Package.swift"
    text = package.read_text().replace("  .treatAllWarnings(as: .error),\n", "")
    text = text.replace(
        '"ArbitraryPrecision", dependencies: ["CMPFR",',
        '"ArbitraryPrecision", dependencies: ["CMPFR", "CMutants",')
    text = text.replace("  targets: [\n", '  targets: [\n    .target(name: "CMutants"),\n', 1)
    package.write_text(text)


class Runner:
    """The built tests."""

    def __init__(self, folder):
        self.folder = folder
        swift = os.environ.get("SWIFT", "swift")
        options = ["-c", "release", "-Xswiftc", "-enable-testing", "--package-path", folder]
        subprocess.run([swift, "build", "--build-tests", *options], check=True, stdout=sys.stderr)
        shown = subprocess.run(
            [swift, "build", "--show-bin-path", *options], check=True, capture_output=True, text=True)
        self.program = pathlib.Path(shown.stdout.strip()) / "upsilonPackageTests.xctest"

    def command(self, suites):
        """A run of suites. Names are whole, so that none begins another."""
        pattern = "^(" + "|".join(re.escape(s) for s in suites) + ")/"
        return [self.program, "--testing-library", "swift-testing", "--filter", pattern]

    def suites(self):
        """All suites, as module and type."""
        listed = subprocess.run(
            [self.program, "--testing-library", "swift-testing", "--list-tests"],
            capture_output=True, text=True)
        names = {line.split("/")[0] for line in listed.stdout.splitlines() if "/" in line}
        return sorted(n for n in names if "." in n)

    def run(self, suites, seconds, mutant=None, reached=None):
        """What failed first, or None if nothing did, and the seconds it took.

        The limit is of processor time, which other work does not use up; of time itself, for what
        waits for ever, it is twenty times as much.
        """
        environment = dict(os.environ, SWT_NO_COLOR="1", NO_COLOR="1", SWIFT_BACKTRACE="enable=no")
        if mutant:
            environment["MUTANT"] = mutant
        if reached:
            environment["MUTANTS_REACHED"] = str(reached)
        start = time.monotonic()
        limited = ["sh", "-c", f'ulimit -t {int(seconds)}; exec "$@"', "sh", *self.command(suites)]
        process = subprocess.Popen(
            limited, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
            text=True, errors="replace", start_new_session=True, cwd=self.folder)
        killed = []
        alarm = threading.Timer(20 * seconds, lambda: (killed.append(1), process.kill()))
        alarm.start()
        failure, passed = None, False
        try:
            for line in process.stdout:
                if " recorded an issue" in line:
                    found = re.search(r'Test (?:case .* to )?"?(.*?)"? recorded', line)
                    failure = found.group(1) if found else line.strip()
                    process.kill()
                    break
                passed = passed or ("Test run with" in line and "passed" in line)
            process.wait()
        finally:
            alarm.cancel()
            process.stdout.close()
        if failure is None and (killed or process.returncode in (-signal.SIGXCPU, -signal.SIGKILL)):
            failure = "(out of time)"
        elif failure is None and not passed:
            failure = "(died)"
        return failure, time.monotonic() - start


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--list", action="store_true", help="list the sites and stop")
    options.add_argument("--only", type=re.compile, help="mutants whose place matches")
    options.add_argument("--suites", type=re.compile, help="suites whose names match, alone")
    options.add_argument("--sample", type=int, help="that many mutants, chosen at random")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--proven", action="store_true", help="also what is proven to survive")
    options.add_argument("--jobs", type=int, default=os.cpu_count())
    options.add_argument("--folder", type=pathlib.Path, default=ROOT / ".build/mutants")
    options = options.parse_args()

    sites = []
    for module in MODULES:
        for path in sorted((ROOT / "Sources" / module).rglob("*.swift")):
            sites += sites_of(path, len(sites))
    assert len(sites) <= SITES
    mutants = [(s, i + 1, m) for s in sites for i, m in enumerate(s.mutations)]
    if options.list:
        for site in sites:
            print(f"{site.kind}\t{site.line}\t{site.place}\t{', '.join(site.mutations)}")
        print(f"{len(sites)} sites, {len(mutants)} mutants", file=sys.stderr)
        return 0
    with open(EXPECTED, newline="") as file:
        expected = {
            (row["place"], mutation): f"{row['kind']}: {row['reason']}"
            for row in csv.DictReader(file) for mutation in row["mutations"].split("; ")}
    names = {(s.place, m) for s, _, m in mutants}
    gone = [name for name in expected if name not in names]

    folder = options.folder.resolve()
    make_copy(folder, sites)
    runner = Runner(folder)
    suites = [s for s in runner.suites() if not options.suites or options.suites.search(s)]
    print(f"{len(sites)} sites, {len(mutants)} mutants, {len(suites)} suites", file=sys.stderr)
    durations, reach = {}, {}
    pool = concurrent.futures.ThreadPoolExecutor(options.jobs)

    def explore(suite):
        # Exit tests are processes of their own, which add to it.
        record = folder / f"reached-{suite}.txt"
        record.unlink(missing_ok=True)
        failure, seconds = runner.run([suite], 600, reached=record)
        return failure, seconds, {int(n) for n in record.read_text().split()}

    for suite, (failure, seconds, sites_reached) in zip(suites, pool.map(explore, suites)):
        if failure:
            sys.exit(f"Error: without any mutation {suite} fails: {failure}")
        durations[suite], reach[suite] = seconds, sites_reached
        print(f"{seconds:8.2f} s {len(sites_reached):5} sites  {suite}", file=sys.stderr)

    if options.only:
        mutants = [m for m in mutants if options.only.search(m[0].place)]
    total = len(mutants)
    if options.sample and options.sample < total:
        mutants = random.Random(options.seed).sample(mutants, options.sample)
        mutants.sort(key=lambda m: (m[0].number, m[1]))
    if not options.proven:
        chosen = len(mutants)
        mutants = [
            m for m in mutants if not expected.get((m[0].place, m[2]), "").startswith("proven")]
        print(f"{chosen - len(mutants)} are proven to survive and do not run", file=sys.stderr)
    table = csv.writer(sys.stdout)
    table.writerow(["place", "mutation", "outcome", "by"])
    counts, surprises = {}, len(gone)
    for name in gone:
        print(f"Error: expected to survive and not there: {name}", file=sys.stderr)

    def attempt(mutant):
        """What catches a mutant, or None, and whether any suite reaches it."""
        site, variant, _ = mutant
        stem = site.path.stem
        own = [stem.replace("+", "") + "Tests", stem.split("+")[0] + "Tests"]
        reaching = sorted(
            (s for s in suites if site.number in reach[s]),
            key=lambda s: (s.split(".")[1] not in own, durations[s]))
        # Its own suite, then all quick ones at once, then the others.
        quick = [s for s in reaching[1:] if durations[s] < 1]
        for batch in filter(None, [reaching[:1], quick, [s for s in reaching[1:] if s not in quick]]):
            limit = 20 + 20 * sum(durations[s] for s in batch)
            failure, _ = runner.run(batch, limit, mutant=f"{site.number}.{variant}")
            if failure:
                return failure if len(batch) > 1 else f"{batch[0]}: {failure}", True
        return None, bool(reaching)

    for (site, _, mutation), (by, isReached) in zip(mutants, pool.map(attempt, mutants)):
        reason = expected.get((site.place, mutation))
        if by:
            outcome = "caught" if reason is None else "caught, though expected to survive"
        elif reason is None:
            outcome = "survived" if isReached else "not reached"
        else:
            outcome, by = "survived, " + reason.split(":")[0], reason
        counts[outcome] = counts.get(outcome, 0) + 1
        surprises += outcome in ("survived", "not reached")
        table.writerow([site.place, mutation, outcome, by])
        sys.stdout.flush()
    print(f"{len(mutants)} of {total} mutants:", file=sys.stderr)
    for outcome, count in sorted(counts.items()):
        print(f"{count:6} {outcome}", file=sys.stderr)
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
