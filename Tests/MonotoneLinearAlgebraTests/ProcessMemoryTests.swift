import Testing

@testable import MonotoneLinearAlgebra

@Suite("Memory of the process")
struct ProcessMemoryTests {
  @Test("What no machine has does not fit, and what fits is found")
  func fits() {
    #expect(ProcessMemory.fits(0) && ProcessMemory.fits(0x1p20))
    #expect(!ProcessMemory.fits(0x1p60) && !ProcessMemory.fits(.infinity))
    #expect(!ProcessMemory.fits(.nan))
    #expect(ProcessMemory.available(upTo: 0x1p20) == 0x1p20)
    let available = ProcessMemory.available(upTo: 0x1p60)
    #expect(available < 0x1p60)
  }

  @Test("A budget is refused beyond itself, and beyond what can be mapped")
  func budget() throws {
    try MemoryBudget(bytes: 0x1p30).require(0x1p20, "a test")
    for budget in [MemoryBudget(bytes: 0x1p19), MemoryBudget(bytes: .infinity)] {
      #expect {
        try budget.require(budget.bytes == .infinity ? 0x1p60 : 0x1p20, "a test")
      } throws: { error in
        let message = (error as? InsufficientMemory)?.message
        return message?.hasPrefix("a test needs") == true
      }
    }
  }

  @Test("Threads are as many as there is room for, and at least one")
  func threads() throws {
    #expect(KernelMemory.threads(upTo: 0) == 1)
    #expect(KernelMemory.threads(upTo: 1) == 1)
    try KernelMemory.claim()
    try KernelMemory.require(threads: 1)
    #expect(throws: InsufficientMemory.self) { try KernelMemory.require(threads: 1 << 40) }
  }
}
