import Foundation
import TestSupport
import Testing

/// What the documents say against what the program does.
@Suite("Documentation", .tags(.slow))
struct DocumentationTests {
  private static let articles = "Documentation/Monotone.docc"

  /// README and the articles, as paths in the package.
  private static let pages: [String] = {
    let folder = CommandRunner.root.appendingPathComponent(articles)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "\(articles)/\($0)" }
  }()

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: CommandRunner.root.appendingPathComponent(page), encoding: .utf8)
  }

  private static func check(_ arguments: [String]) throws -> CommandRunner.Result {
    try CommandRunner.python(
      ["Tools/check_console.py", "--monotone", CommandRunner.executable.path] + arguments)
  }

  @Test("Every console block shows what the program prints", arguments: pages)
  func console(_ page: String) throws {
    let result = try Self.check([page])
    #expect(result.status == 0, "\(result.errors.prefix(4000))")
  }

  @Test(
    "So do the slow ones",
    arguments: ["README.md", "\(articles)/Training.md", "\(articles)/Comparing.md"])
  func slowConsole(_ page: String) throws {
    #expect(try Self.text(page).contains("```console slow"))
    let result = try Self.check(["--slow", page])
    #expect(result.status == 0, "\(result.errors.prefix(4000))")
  }

  @Test(
    "A block that says something else is found",
    arguments: [
      ("all 26 applicable claims", "all 25 applicable claims"),
      ("from 0.46583850931677 ± 3.5e-14", "from 0.46583850931 ± 3.5e-14"),
      ("\nguaranteed beforehand   yes", "\nguaranteed beforehand   no"),
      ("\nstatus 4\n", "\nstatus 0\n"),
      ("\naccepted\n", "\naccepted\nand more\n"),
    ])
  func drift(_ shown: String, _ drifted: String) throws {
    let readme = try Self.text("README.md")
    try #require(readme.contains(shown))
    try TemporaryFolder.with { folder in
      let page = folder.appendingPathComponent("README.md")
      try Data(readme.replacingOccurrences(of: shown, with: drifted).utf8).write(to: page)
      let result = try Self.check([page.path])
      #expect(result.status == 1 && result.errors.contains("README.md:"), "\(drifted)")
    }
  }

  @Test("README has at most 200 lines")
  func length() throws {
    let lines = try Self.text("README.md").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 201)
  }

  @Test("Every link of a page leads somewhere", arguments: pages + ["CONTRIBUTING.md"])
  func links(_ page: String) throws {
    let text = try Self.text(page)
    let place = CommandRunner.root.appendingPathComponent(page).deletingLastPathComponent()
    for match in text.matches(of: /\]\(([^)#\s]+)(#[^)]*)?\)/) where !match.1.contains("://") {
      let target = place.appendingPathComponent(String(match.1)).path
      #expect(FileManager.default.fileExists(atPath: target), "\(match.1)")
    }
    for match in text.matches(of: /<doc:(\w+)>/) {
      let target = "\(Self.articles)/\(match.1).md"
      #expect(Self.pages.contains(target), "\(match.1)")
    }
  }

  @Test("The command reference is what the help says")
  func commandReference() throws {
    let result = try CommandRunner.python(
      [
        "Tools/make_command_reference.py", "--check", "--monotone", CommandRunner.executable.path,
      ])
    #expect(result.status == 0, "\(result.errors)")
  }

  /// The modules, by the folders of their sources.
  private static let modules =
    (try? FileManager.default.contentsOfDirectory(
      atPath: CommandRunner.root.appendingPathComponent("Sources").path)) ?? []

  @Test(
    "No documentation comment begins with What or The same", arguments: modules
  )
  func wording(_ module: String) throws {
    let folder = CommandRunner.root.appendingPathComponent("Sources/\(module)")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      var isContinued = false
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        let line = line.drop { $0 == " " }
        let opens = ["/// What ", "/// The same "].contains { line.hasPrefix($0) }
        #expect(isContinued || !opens, "\(module)/\(file):\(index + 1): \(line)")
        isContinued = line.hasPrefix("///") && line != "///"
      }
    }
  }

  @Test("The article on formats lists every schema, and none that is not there")
  func formats() throws {
    let article = try Self.text("\(Self.articles)/Formats.md")
    let listed = article.matches(of: /`([\w-]+\.schema\.json)`/).map { String($0.1) }
    let folder = CommandRunner.root.appendingPathComponent("mdps/schema")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(listed.sorted() == files.sorted())
  }

  @Test("The products that README names exist")
  func products() throws {
    let readme = try Self.text("README.md")
    let package = try Self.text("Package.swift")
    let products = package.matches(of: /\.library\(\s*name: "(\w+)"/).map { String($0.1) }
    #expect(!products.isEmpty)
    for product in products { #expect(readme.contains("`\(product)`"), "\(product)") }
  }
}
