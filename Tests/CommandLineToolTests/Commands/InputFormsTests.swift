// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Upsilon authors

import TestSupport
import Testing

@testable import CommandLineTool

/// The forms in which people have tables, through the program itself.
@Suite struct InputFormsTests {
  private let folder = TemporaryFolder()

  private func run(_ line: String, input: String = "/dev/null") -> Subprocess.Result {
    var result = Subprocess.upsilon(line, inputPath: input)
    result.diagnostics = result.diagnostics.replacing(folder.path + "/", with: "")
    return result
  }

  private static let header =
    "dataset,classes,sampling,mean,standard_deviation,quantile_0.5\n"

  @Test func `a table is CSV elsewhere than on a terminal`() {
    let line = "waiting --classes 2 --quantiles 0.5"
    #expect(
      Subprocess.upsilon(line).output
        == Self.header + "uniform,2,with-replacement,3,1.4142135623730950,2\n")
    let aligned = """
      dataset  classes  sampling          mean  standard_deviation  quantile_0.5
      uniform        2  with-replacement     3           1.4142136             2

      """
    #expect(Subprocess.upsilon(line, isTerminal: true).output == aligned)
    #expect(Subprocess.upsilon(line + " --format table").output == aligned)
    #expect(
      Subprocess.upsilon(line + " --output - --format json --digits 3").output.contains(
        "\"standard_deviation\":"))
  }

  @Test func `what another command prints can be read back through a pipe`() throws {
    let chained = Subprocess.shell(
      "sh", "\"$upsilon\" coverage --dataset ag-news --draws 8,16 | \"$upsilon\" plot - --script")
    #expect(chained.end == .exit(0) && chained.diagnostics == "")
    #expect(chained.output.contains("ag-news"))
    let table = try folder.write(
      """
      Draws;dataset;classes;seed;temperature;sampling;class_sizes;contrastive_loss;mine
      16;x;2.0;7;0.5;with-replacement;9*2;1.5;?

      """, to: "m.csv")
    let bounds = run("bounds --measurements - --format csv --digits 4", input: table)
    #expect(bounds.end == .exit(0) && bounds.output.contains("\nx,2,16,7,0.5,with-replacement,1.5"))
  }

  @Test func `counts come in the forms that spreadsheets write, from a file or standard input`()
    throws
  {
    let text = " Label ; COUNT;note\n a ;1.0;x\nb;1e0;\n\"c;d\";0;\n;;\n\n"
    let path = try folder.write(text, to: "c.csv")
    let row = "2,with-replacement,3,1.4142135623730950,2\n"
    #expect(
      run("waiting --quantiles 0.5 --counts \(path)")
        == .init(
          end: .exit(0), output: Self.header + "c.csv," + row,
          diagnostics: "Note: c.csv: 1 class with a count of 0 left out: 'c;d'\n"))
    #expect(
      run("waiting --quantiles 0.5 --counts -", input: path)
        == .init(
          end: .exit(0), output: Self.header + "stdin," + row,
          diagnostics: "Note: standard input: 1 class with a count of 0 left out: 'c;d'\n"))
    let zipped = Subprocess.shell(
      "sh", "gzip -c \"$1\" | \"$upsilon\" waiting --quantiles 0.5 --counts -", [path])
    #expect(zipped.output == Self.header + "stdin," + row)
    let probabilities = try folder.write("PROBABILITY\tlabel\n1/2\ta\n0.5\tb\n", to: "p.tsv")
    #expect(
      run("waiting --quantiles 0.5 --probabilities \(probabilities)").output
        == Self.header + "p.tsv," + row)
  }

  @Test(arguments: [
    "label,count\na,1000\nb,10\nc,1000000\n", "Count,LABEL\n\"1,000\",a\n10.0,b\n1e6,c\n\n\n",
    "x;label;count\n;a;1e3\n;b;1.0e1\n;c;1000000.0\n;;\n",
    "label\tcount\tsplit\n a \t 1000 \ttrain\nb\t10\t\nc\t1000000\t\nnone\t0\t\n",
    "count,classes\n10.0,1\n1e3,1\n\"1,000,000\",1.0\n",
  ])
  func `numbers are read however spreadsheets write them, plain or compressed`(text: String)
    throws
  {
    let path = try folder.write(text, to: "c.csv")
    let zipped = Subprocess.shell("sh", "gzip -kc \"$1\" > \"$1.gz\"", [path])
    #expect(zipped.end == .exit(0))
    let note = text.contains("none") ? 1 : 0
    for name in [path, path + ".gz"] {
      let result = run(
        "waiting --quantiles 0.5 --columns mean,quantile_0.5 --digits 9 --counts \(name)")
      #expect(result.output == "mean,quantile_0.5\n100110.911,69385\n", "\(result)")
      #expect(result.diagnostics.split(separator: "\n").count == note)
    }
  }

  @Test(arguments: [
    (
      "name,size\na,1\n", ":1: expected the columns label,count or count,classes, found 'name,size'"
    ),
    (
      "label,count\na,2.5\n",
      ":2: column 2: expected a whole number as count, found '2.5': shares that are not whole go to "
        + "--probabilities, with --normalize"
    ),
    (
      "label;count\na;1,000\n",
      ":2: column 2: '1,000' can mean a thousand times as much where semicolons separate fields: "
        + "write the number without groups, or with one digit after the point"
    ),
    ("label,count\n\na,1\n", ":2: expected 2 fields, found an empty line: remove it"),
  ])
  func `a refusal says what to write instead`(text: String, problem: String) throws {
    let path = try folder.write(text, to: "c.csv")
    #expect(
      run("waiting --counts \(path)")
        == .init(end: .exit(1), output: "", diagnostics: "Error: c.csv\(problem)\n"))
  }

  @Test func `all columns that measurements lack are named at once`() throws {
    let path = try folder.write("dataset,classes,draws\nx,2,16\n", to: "m.csv")
    #expect(
      run("bounds --measurements \(path)").diagnostics
        == "Error: m.csv:1: the columns 'seed', 'temperature', 'sampling', 'class_sizes', "
        + "'contrastive_loss' are missing\n")
  }

  @Test(arguments: [
    "coverage --classes 3 --classes 4 --draws 5", "coverage --classes 3 --draws 5 --exact --exact",
    "bounds --theory --classes 10 --temperature 0.5 --temperature 1 --draws 4",
    "train --data digits --data digits", "measure --features a.npy --labels a.npy --labels b.npy",
    "plot a.csv --output a.svg --output b.svg", "datasets --format csv --format=json",
    "reproduce --output a --output b", "waiting --classes 3 --digits 5 --digits 6",
  ])
  func `an option given twice is refused by its name`(line: String) {
    let result = run(line)
    #expect(result.end == .exit(64) && result.output == "")
    #expect(
      result.diagnostics.hasPrefix("Error: '--") && result.diagnostics.contains(" is given twice"))
  }

  @Test func `every option of every command but a list is refused when it is given twice`() {
    for command in UpsilonCommand.commands {
      let specification = command.specification
      for option in specification.options {
        let value = option.form == .flag ? [] : [option.values.choices?[0] ?? "1"]
        let once = [option.dashedName] + value
        var message = ""
        do {
          _ = try ArgumentScanner(specification: specification).parse(once + once)
        } catch {
          message = error.message
        }
        #expect(message.contains("given twice") != option.isList, "\(specification.name) \(once)")
      }
    }
  }

  @Test func `a list given twice is one list`() {
    let once = run("collision --classes 3 --negatives 1,2,3")
    #expect(run("collision --classes 3 --negatives 1 --negatives 2 --negatives=3") == once)
    #expect(once.end == .exit(0) && once.output.split(separator: "\n").count == 4)
  }

  @Test func `texts with a header are trained on without it, alone and in pairs, also from a pipe`()
    throws
  {
    let rows = (0..<12).map { "\($0 % 2),word\($0) of \($0 % 3)\n" }.joined()
    let bare = try folder.write(rows, to: "bare.csv")
    let headed = try folder.write("Class Index,Description\n" + rows, to: "headed.csv")
    let odd = try folder.write("sentiment,words\n" + rows, to: "odd.csv")
    var runCount = 0
    func train(
      _ data: String, draws: Int = 4, input: String = "/dev/null"
    ) -> Subprocess.Result {
      runCount += 1
      return run(
        "train --data \(data) --draws \(draws) --seeds 7 --epochs 1 --passes 1 --views 1 "
          + "--output - --encoder bag:50x4+4 --checkpoints \(folder.file("run\(runCount)"))",
        input: input)
    }
    for kind in ["ag-news", "text-csv"] {
      let expected = train("\(kind):\(bare),\(bare)").output.replacing("bare.csv", with: "")
      #expect(expected.split(separator: "\n").count == 2 && expected.contains(",6*2,"))
      #expect(
        train("\(kind):\(headed),\(headed)").output.replacing("headed.csv", with: "") == expected)
      for data in ["\(kind):\(odd),\(odd)", "\(kind):\(odd)"] {
        #expect(
          train(data)
            == .init(
              end: .exit(1), output: "",
              diagnostics: "Error: odd.csv:1: class 'sentiment' has one text only; if this line is "
                + "a header, remove it, or call its columns label and text\n"))
      }
    }
    let piped = train("text-csv:-", draws: 2, input: headed)
    #expect(piped.end == .exit(0) && piped.output.contains("\nstdin,2,2,7,"))
  }

  @Test(arguments: ["clinc150:/dev/zero", "text-csv:/dev/zero", "mnist:/dev/zero"])
  func `data without an end are refused`(data: String) {
    let result = run("train --data \(data) --draws 2 --output \(folder.file("x.csv"))")
    #expect(result.end == .exit(1) && result.output == "" && folder.names.isEmpty)
  }
}
