import Testing

@testable import MonotoneFiles

@Suite("Hashes")
struct SHA256Tests {
  /// FIPS 180-4 examples, and lengths around the padding, from Python's hashlib.
  static let known: [(text: String, hash: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]
  static let lengths: [(count: Int, hash: String)] = [
    (55, "463eb28e72f82e0a96c0a4cc53690c571281131f672aa229e0d45ae59b598b59"),
    (56, "da2ae4d6b36748f2a318f23e7ab1dfdf45acdc9d049bd80e59de82a60895f562"),
    (63, "29af2686fd53374a36b0846694cc342177e428d1647515f078784d69cdb9e488"),
    (64, "fdeab9acf3710362bd2658cdc9a29e8f9c757fcf9811603a8c447cd1d9151108"),
    (65, "4bfd2c8b6f1eec7a2afeb48b934ee4b2694182027e6d0fc075074f2fabb31781"),
    (1000, "a8af099bf2e878609558dbf69d8f88f4a31040a8cf84b549a0cfa912f12ffc3f"),
  ]

  @Test("Known texts", arguments: known)
  func texts(_ text: String, _ hash: String) {
    var sum = SHA256()
    sum.update(Array(text.utf8))
    #expect(sum.hexadecimal == hash)
  }

  @Test("Bytes that come in pieces", arguments: lengths)
  func pieces(_ count: Int, _ hash: String) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    for piece in [1, 7, 64, 1000] {
      var sum = SHA256()
      for start in stride(from: 0, to: count, by: piece) {
        sum.update(Array(bytes[start..<min(count, start + piece)]))
      }
      #expect(sum.hexadecimal == hash)
    }
  }
}
