#if Distributed
  internal import CPETSc
  internal import MonotoneFiles
  internal import MDPFormats

  /// I − γP_π or its transpose as PETSc's matrix, and a method to solve with it.
  ///
  /// Nothing that is computed here is trusted: residuals are taken anew from the rows of the model.
  final class PolicySystem {
    private let model: DistributedModel
    private let method: KrylovMethod
    private var matrix: Mat?
    private var solver: KSP?
    private var right: Vec?
    private var solution: Vec?
    /// Krylov iterations so far.
    private(set) var iterations = 0

    /// The system of a policy.
    ///
    /// - Throws: ``RunFailure`` for options that PETSc refuses.
    init(
      _ model: DistributedModel, _ policy: DistributedPolicy, transposed: Bool = false,
      method: KrylovMethod
    ) throws {
      self.model = model
      self.method = method
      assemble(policy)
      if transposed {
        var flipped: Mat?
        PETSc.require(MatTranspose(matrix, MAT_INITIAL_MATRIX, &flipped), "MatTranspose")
        MatDestroy(&matrix)
        matrix = flipped
      }
      PETSc.require(MatCreateVecs(matrix, &solution, &right), "MatCreateVecs")
      PETSc.require(KSPCreate(monotone_world(), &solver), "KSPCreate")
      PETSc.require(KSPSetOperators(solver, matrix, matrix), "KSPSetOperators")
      try model.communicator.together { () throws(RunFailure) in try method.apply(to: solver) }
    }

    deinit {
      KSPDestroy(&solver)
      VecDestroy(&right)
      VecDestroy(&solution)
      MatDestroy(&matrix)
    }

    /// Solves with the matrix, as far as the method comes.
    ///
    /// - Parameter tolerance: The size of the residual relative to that of the right side.
    /// - Returns: The approximate solution in the states of this process; nil where the method gave up.
    func solve(_ rightSide: [Double], tolerance: Double) -> [Double]? {
      right.write(rightSide)
      PETSc.require(KSPSetTolerances(solver, tolerance, 0, 1e8, 5000), "KSPSetTolerances")
      method.applyOptions(to: solver)
      let code = KSPSolve(solver, right, solution)
      var (count, reason): (PetscInt, KSPConvergedReason) = (0, KSP_CONVERGED_ITERATING)
      PETSc.require(KSPGetIterationNumber(solver, &count), "KSPGetIterationNumber")
      PETSc.require(KSPGetConvergedReason(solver, &reason), "KSPGetConvergedReason")
      iterations += Int(count)
      let values = solution.read(model.order)
      let isUsable =
        code == PETSc.success && values.allSatisfy(\.isFinite)
        && (reason.rawValue > 0 || reason == KSP_DIVERGED_ITS)
      return model.communicator.largest([isUsable ? 0 : 1])[0] == 0 ? values : nil
    }

    /// Builds the matrix from rows that are merged first, so that PETSc reserves what is needed and no more.
    private func assemble(_ policy: DistributedPolicy) {
      var rows = PolicyRows(model, policy)
      var diagonal = [PetscInt](repeating: 0, count: model.order)
      var other = diagonal
      for state in 0..<model.order {
        rows.form(state)
        diagonal[state] = PetscInt(rows.ownCount)
        other[state] = PetscInt(rows.columns.count - rows.ownCount)
      }
      let (order, total) = (PetscInt(model.order), PetscInt(model.part.stateCount))
      PETSc.require(
        MatCreateAIJ(
          monotone_world(), order, order, total, total, 0, diagonal, 0, other, &matrix),
        "MatCreateAIJ")
      PETSc.require(
        MatSetOption(matrix, MAT_NO_OFF_PROC_ENTRIES, PETSC_TRUE), "MatSetOption")
      for state in 0..<model.order {
        rows.form(state)
        var row = PetscInt(model.part.states.lowerBound + state)
        PETSc.require(
          MatSetValues(
            matrix, 1, &row, PetscInt(rows.columns.count), rows.columns, rows.values,
            INSERT_VALUES),
          "MatSetValues")
      }
      PETSc.require(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY), "MatAssemblyBegin")
      PETSc.require(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY), "MatAssemblyEnd")
    }
  }

  /// The rows of I − γP_π, one at a time, each column once and the diagonal always.
  private struct PolicyRows {
    private let model: DistributedModel
    private let policy: DistributedPolicy
    /// The place of each column in the row at hand; −1 for none.
    private var place: [Int32]
    private var used: [Int] = []
    /// The columns of the row at hand, by their numbers in the model.
    private(set) var columns: [PetscInt] = []
    private(set) var values: [Double] = []
    /// How many of them are states of this process.
    private(set) var ownCount = 0

    init(_ model: DistributedModel, _ policy: DistributedPolicy) {
      self.model = model
      self.policy = policy
      place = [Int32](repeating: -1, count: model.columnCount)
    }

    mutating func form(_ state: Int) {
      for column in used { place[column] = -1 }
      used.removeAll(keepingCapacity: true)
      columns.removeAll(keepingCapacity: true)
      values.removeAll(keepingCapacity: true)
      ownCount = 0
      add(1, at: state)
      let part = model.part
      let pairs = part.pairs(of: state)
      var total = 0.0
      for (index, pair) in pairs.enumerated() {
        total += policy.weight(state: state, place: index, pair: pair)
      }
      for (index, pair) in pairs.enumerated() {
        let weight = policy.weight(state: state, place: index, pair: pair)
        guard weight != 0 else { continue }
        let factor =
          -model.discount.high * weight / total / (1 + part.defect(of: pair))
        for entry in part.entries(of: pair) {
          add(factor * part.probability[entry], at: Int(part.nextState[entry]))
        }
      }
    }

    private mutating func add(_ value: Double, at column: Int) {
      if place[column] < 0 {
        place[column] = Int32(columns.count)
        used.append(column)
        let isOwn = column < model.order
        if isOwn { ownCount += 1 }
        columns.append(
          isOwn
            ? PetscInt(model.part.states.lowerBound + column)
            : PetscInt(model.ghosts[column - model.order]))
        values.append(value)
      } else {
        values[Int(place[column])] += value
      }
    }
  }
#endif
