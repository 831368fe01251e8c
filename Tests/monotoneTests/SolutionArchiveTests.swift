import Foundation
import TestSupport
import Testing

/// Solutions as NumPy arrays.
@Suite("Solution archives", .tags(.slow))
struct SolutionArchiveTests {
  /// Solves a model of Monotone's own format under a policy of equal chances, or that of one action, by
  /// elimination in fractions, and compares an archive with that.
  private static let comparison = """
    import json, sys
    from fractions import Fraction
    import numpy as np

    model = json.load(open(sys.argv[1]), parse_float=Fraction)
    arrays, prefix, only = np.load(sys.argv[2]), sys.argv[3], sys.argv[4]
    states, actions = model["states"], model["actions"]
    gamma, ended = Fraction(model["discount"]), set(model.get("terminal", []))
    rows = {(r["from"], r["action"]): r for r in model["transitions"]}
    def reward(row):
        r = row.get("reward", 0)
        return sum(Fraction(row["to"][s]) * Fraction(r[s]) for s in r) if isinstance(r, dict) else Fraction(r)
    def chances(s):
        taken = [a for a in actions if (s, a) in rows and only in ("", a)]
        return {a: Fraction(1, len(taken)) for a in taken}
    def solve(matrix, right):
        n = len(right)
        rows = [list(map(Fraction, row)) + [b] for row, b in zip(matrix, right)]
        for i in range(n):
            pivot = next(k for k in range(i, n) if rows[k][i])
            rows[i], rows[pivot] = rows[pivot], rows[i]
            rows[i] = [x / rows[i][i] for x in rows[i]]
            for k in range(n):
                if k != i: rows[k] = [x - rows[k][i] * y for x, y in zip(rows[k], rows[i])]
        return [row[n] for row in rows]
    n = len(states)
    P = [[sum(p * Fraction(rows[s, a]["to"].get(t, 0)) for a, p in chances(s).items()) if s not in ended
          else Fraction(s == t) for t in states] for s in states]
    r = [sum(p * reward(rows[s, a]) for a, p in chances(s).items()) if s not in ended else Fraction(0) for s in states]
    M = [[Fraction(i == j) - gamma * P[i][j] for j in range(n)] for i in range(n)]
    V = solve(M, r)
    rho = solve([[M[j][i] for j in range(n)] for i in range(n)], [Fraction(model["initial"].get(s, 0)) for s in states])
    def within(name, exact, *index):
        value, radius = arrays[prefix + name][index], arrays[prefix + name + "_radius"][index]
        assert np.isfinite(value) and 0 <= radius < 1e-9, (name, index, value, radius)
        assert abs(Fraction(float(value)) - exact) <= Fraction(float(radius)), (name, index, value, radius, exact)
    for i, s in enumerate(states):
        within("V", V[i], i)
        within("rho", rho[i], i)
        for j, a in enumerate(actions):
            if (s, a) in rows:
                q = reward(rows[s, a]) + gamma * sum(Fraction(p) * V[states.index(t)] for t, p in rows[s, a]["to"].items())
                within("Q", q, i, j)
                within("A", q - V[i], i, j)
                assert arrays[prefix + "policy"][i, j] == chances(s).get(a, 0)
            else:
                assert np.isnan(arrays[prefix + "Q"][i, j]) and np.isnan(arrays[prefix + "A_radius"][i, j])
                assert arrays[prefix + "policy"][i, j] == 0
    within("return", sum(Fraction(model["initial"].get(s, 0)) * v for s, v in zip(states, V)))
    assert list(arrays["states"]) == states and list(arrays["actions"]) == actions
    assert str(arrays["schema"]) == "monotone/solution-arrays/v1" and str(arrays["mdp"]) == model["name"]
    print(str(arrays[prefix + "arithmetic"]), float(arrays[prefix + "rho_total_radius"]) < 1e-9)
    """

  private func compare(
    _ file: String, prefix: String = "", only: String = "", in folder: URL
  ) throws -> CommandRunner.Result {
    try Data(Self.comparison.utf8).write(to: folder.appendingPathComponent("compare.py"))
    return try CommandRunner.shell(
      "python3 compare.py $ROOT/mdps/racing.json \(file) '\(prefix)' '\(only)'", in: folder)
  }

  private static let packages = ProcessInfo.processInfo.environment["MONOTONE_PYTHON_PATH"]

  @Test(
    "NumPy reads values whose error bounds hold the exact ones",
    .enabled(if: packages != nil, "needs the packages of Tools/requirements-test.txt"),
    arguments: ["float64", "certified", "exact", "auto"])
  func solve(arithmetic: String) throws {
    try TemporaryFolder.with { folder in
      let made = try CommandRunner.shell(
        "$MONOTONE solve $ROOT/mdps/racing.json --arithmetic \(arithmetic) --output s.npz",
        in: folder)
      #expect(made.status == 0 && made.output.hasPrefix("discounted return"), "\(made.errors)")
      let compared = try compare("s.npz", in: folder)
      #expect(
        compared.output == "\(arithmetic == "auto" ? "certified" : arithmetic) True\n",
        "\(compared.errors)")
    }
  }

  @Test(
    "A check writes both policies",
    .enabled(if: packages != nil, "needs the packages of Tools/requirements-test.txt"))
  func check() throws {
    try TemporaryFolder.with { folder in
      let made = try CommandRunner.shell(
        "$MONOTONE check $ROOT/mdps/racing.json --current uniform --candidate 'greedy(uniform)' --output u.NPZ",
        in: folder)
      #expect(made.status == 0, "\(made.errors)")
      #expect(try compare("u.NPZ", prefix: "current_", in: folder).output == "certified True\n")
      let after = try CommandRunner.shell(
        "python3 -c \"import numpy; a = numpy.load('u.NPZ'); print(a['candidate_policy'].tolist())\"",
        in: folder)
      #expect(after.output == "[[1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]\n", "\(after.errors)")
    }
  }

  @Test("Other files are kept, and a path that is no archive is refused")
  func refusals() throws {
    try TemporaryFolder.with { folder in
      let solve = "$MONOTONE solve $ROOT/mdps/racing.json"
      let text = try CommandRunner.shell("\(solve) --output s.txt", in: folder)
      #expect(
        text.status == 64 && text.errors.contains("--output must name a .npz file, not s.txt"))
      let model = try CommandRunner.shell(
        "$MONOTONE convert $ROOT/mdps/racing.json --output m.npz; cp m.npz kept; \(solve) --output m.npz; "
          + "echo $?; cmp m.npz kept", in: folder)
      #expect(model.output == "73\n", "\(model)")
      #expect(model.errors.contains("m.npz exists and is not an archive of a solution"))
      let input = try CommandRunner.shell("$MONOTONE solve m.npz --output ./m.npz", in: folder)
      #expect(input.status == 64 && input.errors.contains("is read as m.npz"))
      let again = try CommandRunner.shell(
        "\(solve) --output s.npz > a && \(solve) --output s.npz > b && cmp a b", in: folder)
      #expect(again.status == 0, "\(again.errors)")
      let missing = try CommandRunner.shell("\(solve) --output none/s.npz", in: folder)
      #expect(missing.status == 73 && missing.output.isEmpty)
      let twice = try CommandRunner.shell(
        "$MONOTONE check $ROOT/mdps/racing.json --current uniform --candidate optimal --output c.npz "
          + "--certificate c.npz", in: folder)
      #expect(twice.status == 64 && twice.errors.contains("are the same file"))
    }
  }
}
