#if Distributed
  internal import CPETSc
  internal import MonotoneArithmetic
  package import MDPFormats

  /// The rows of one process, and the values of other processes' states that they refer to.
  ///
  /// Columns are numbered within the process: its own states first, then the ghosts, which are the states
  /// of others that its rows lead to. PETSc's `VecScatter` brings the values of ghosts, and takes back what
  /// was added up for them.
  package final class DistributedModel {
    /// The rows, with the columns of entries in place of their next states.
    package let part: ModelPart
    package let communicator: Communicator
    /// γ in two float64 numbers, the second with what is left.
    let discount: (high: Double, low: TrackedDouble)
    /// 1 − γ.
    let gap: TrackedDouble
    /// ρ₀ of the states of the process.
    let initial: [TrackedDouble]
    /// The states of other processes, by their numbers in the model.
    package let ghosts: [Int32]

    private var global: Vec?
    private var local: Vec?
    private var scatter: VecScatter?

    /// How many states the process has.
    package var order: Int { part.states.count }
    /// How many columns its rows refer to.
    var columnCount: Int { order + ghosts.count }

    /// Sets up what connects the parts of a model.
    package init(_ part: consuming ModelPart, _ communicator: Communicator) {
      self.communicator = communicator
      var part = part
      let own = part.states
      let ghosts = Self.ghosts(part)
      self.ghosts = ghosts
      for entry in part.nextState.indices {
        let state = part.nextState[entry]
        part.nextState[entry] =
          own.contains(Int(state))
          ? state - Int32(own.lowerBound) : Int32(own.count + Self.place(of: state, in: ghosts))
      }
      self.part = part
      let high = part.discount.approximation
      let rest = ExactNumber(part.discount.rational - Rational(finite: high))
      discount = (high, Self.tracked(rest))
      gap = Self.tracked(ExactNumber(Rational(1) - part.discount.rational))

      var initial = [TrackedDouble](repeating: .zero, count: own.count)
      for start in part.initial { initial[start.state] += start.weight }
      if communicator.largest([part.sharesInitial ? 1 : 0])[0] > 0 {
        let total = communicator.sum(initial.reduce(.zero, +))
        initial = initial.map { $0.isExactlyZero ? $0 : $0 / total }
      }
      self.initial = initial
      connect()
    }

    deinit {
      VecScatterDestroy(&scatter)
      VecDestroy(&local)
      VecDestroy(&global)
    }

    private static func tracked(_ number: ExactNumber) -> TrackedDouble {
      // Numbers of [0, 1] are within the range of float64.
      (try? TrackedDouble(number)) ?? TrackedDouble(value: 0, error: .infinity)
    }

    /// The states of other processes that the rows lead to, ascending.
    private static func ghosts(_ part: ModelPart) -> [Int32] {
      var others = part.nextState.filter { !part.states.contains(Int($0)) }
      others.sort()
      var ghosts: [Int32] = []
      for state in others where ghosts.last != state { ghosts.append(state) }
      return ghosts
    }

    private static func place(of state: Int32, in ghosts: [Int32]) -> Int {
      var (low, high) = (0, ghosts.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if ghosts[middle] < state { low = middle + 1 } else { high = middle }
      }
      return low
    }

    private func connect() {
      let count = PetscInt(ghosts.count)
      PETSc.require(
        VecCreateMPI(monotone_world(), PetscInt(order), PetscInt(part.stateCount), &global),
        "VecCreateMPI")
      PETSc.require(VecCreateSeq(monotone_self(), count, &local), "VecCreateSeq")
      var places: IS?
      let numbers = ghosts.map { PetscInt($0) }
      PETSc.require(
        ISCreateGeneral(monotone_self(), count, numbers, PETSC_COPY_VALUES, &places),
        "ISCreateGeneral")
      PETSc.require(
        VecScatterCreate(global, places, local, nil, &scatter), "VecScatterCreate")
      ISDestroy(&places)
    }

    /// Values of all columns, from those of the process's own states.
    func withGhosts(_ values: [Double]) -> [Double] {
      global.write(values)
      move(from: global, to: local, INSERT_VALUES, SCATTER_FORWARD)
      return values + local.read(ghosts.count)
    }

    /// Adds the numbers of all columns to those of the processes that own them; each sum goes through at
    /// most as many additions as there are processes.
    func addingToOwners(_ columns: [Double]) -> [Double] {
      global.write(Array(columns[..<order]))
      local.write(Array(columns[order...]))
      move(from: local, to: global, ADD_VALUES, SCATTER_REVERSE)
      return global.read(order)
    }

    private func move(from: Vec?, to: Vec?, _ mode: InsertMode, _ direction: ScatterMode) {
      PETSc.require(VecScatterBegin(scatter, from, to, mode, direction), "VecScatterBegin")
      PETSc.require(VecScatterEnd(scatter, from, to, mode, direction), "VecScatterEnd")
    }
  }

  extension Vec? {
    /// Sets the numbers that this process holds.
    func write(_ values: [Double]) {
      var memory: UnsafeMutablePointer<Double>?
      PETSc.require(VecGetArray(self, &memory), "VecGetArray")
      memory?.update(from: values, count: values.count)
      PETSc.require(VecRestoreArray(self, &memory), "VecRestoreArray")
    }

    /// The numbers that this process holds.
    func read(_ count: Int) -> [Double] {
      var memory: UnsafePointer<Double>?
      PETSc.require(VecGetArrayRead(self, &memory), "VecGetArrayRead")
      defer { PETSc.require(VecRestoreArrayRead(self, &memory), "VecRestoreArrayRead") }
      return Array(UnsafeBufferPointer(start: memory, count: count))
    }
  }
#endif
