internal import MDPFormats
internal import MDPTesting
internal import MDPVerification

extension CheckCommand {
  /// The command for an input that is kept in files.
  init(stem: String, subject: Subject) {
    let files = UpdateInput.paths(under: stem)
    // A name could be taken for a policy's.
    self.init(
      mdp: files.mdp, current: PolicyExpression.file(files.current).description,
      candidate: PolicyExpression.file(files.candidate).description, subject: subject)
  }
}
