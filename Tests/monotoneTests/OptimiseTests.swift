import Foundation
import Testing

/// `improve --until-gap` without a rule, as a user meets it.
@Suite("Near-optimal policies", .tags(.slow))
struct OptimiseTests {
  private static let lake = "mdps/frozen-lake-8x8.json"

  private func run(_ arguments: String...) throws -> CommandRunner.Result {
    try CommandRunner.run(["improve"] + arguments)
  }

  @Test("The gap that is asked for is proved, and the optimal return lies within the bounds")
  func proved() throws {
    let result = try run(Self.lake, "--until-gap", "1e-9", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let document = try result.json()
    #expect(document["schema"] as? String == "monotone/optimum/v1")
    #expect(document["proved"] as? Bool == true)
    let ends = try #require(document["return"] as? [String: Double])
    let gap = try #require(document["gap"] as? Double)
    let (lower, upper) = (try #require(ends["lower"]), try #require(ends["upper"]))
    #expect(gap <= 1e-9 && lower <= upper && upper - lower <= 1e-9)
    // The optimal return by exact policy iteration, independent of the sweeps.
    let exact = try CommandRunner.run([
      "solve", Self.lake, "--policy", "optimal", "--arithmetic", "exact", "--json",
    ]).json()
    let value = try #require((exact["return"] as? [String: Any])?["approximate"] as? Double)
    #expect(lower <= value.nextUp && value.nextDown <= upper)
  }

  @Test("The policy comes as a file, as JSON or as an array, that solve reads")
  func output() throws {
    let result = try CommandRunner.shell(
      """
      folder=$(mktemp -d); for file in policy.json policy.npy; do
        "$0" improve \(Self.lake) --until-gap 1e-9 --output $folder/$file > $folder/text || exit 1
        "$0" solve \(Self.lake) --policy $folder/$file --arithmetic float64 --json > $folder/$file.solved || exit 1
      done
      python3 -c 'import json,sys
      a, b = (json.load(open(f"{sys.argv[1]}/policy.{e}.solved"))["return"] for e in ("json", "npy"))
      print(a == b, open(f"{sys.argv[1]}/text").read())' $folder; rm -r $folder
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("True proved: in every state at most"), "\(result.output)")
  }

  @Test("A gap below rounding is not proved: status 3, and said so")
  func beyondRounding() throws {
    let result = try run(Self.lake, "--until-gap", "0")
    #expect(result.status == 3)
    #expect(result.output.hasPrefix("not proved to within 0: in every state at most"))
  }

  @Test(
    "Options that go with a rule are refused without one",
    arguments: [
      ["--delta", "0.1"], ["--trace", "a.csv"], ["--arithmetic", "exact"], ["--policy", "optimal"],
    ])
  func refused(options: [String]) throws {
    let result = try CommandRunner.run(["improve", Self.lake, "--until-gap", "1e-6"] + options)
    #expect(result.status == 64 && result.errors.contains("goes with --rule"), "\(result.errors)")
  }

  @Test("One of --rule and --until-gap is needed")
  func neither() throws {
    let result = try run(Self.lake)
    #expect(result.status == 64 && result.errors.contains("give --rule"), "\(result.errors)")
  }

  @Test("Discount 1 is refused by name")
  func undiscounted() throws {
    let result = try CommandRunner.shell(
      "sed 's/\"discount\": 0.99/\"discount\": 1/' mdps/gamblers-problem.json | \"$0\" improve - --until-gap 1e-6"
    )
    #expect(result.status == 65 && result.errors.contains("discount 1"), "\(result.errors)")
  }

  @Test("Times go to standard error, and to nowhere else")
  func timings() throws {
    let result = try run(Self.lake, "--until-gap", "1e-6", "--timings", "--json")
    #expect(result.status == 0 && result.errors.contains("time: solving"))
    #expect(try result.json()["schema"] as? String == "monotone/optimum/v1")
  }
}
