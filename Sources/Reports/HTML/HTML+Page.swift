extension HTML {
  /// A page that opens from disk and fetches nothing.
  ///
  /// - Parameters:
  ///   - title: Escaped already.
  ///   - runsScripts: Whether scripts within the page may run.
  static func page(title: String, runsScripts: Bool = false, _ body: String) -> String {
    let scripts = runsScripts ? "script-src 'unsafe-inline'; " : ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; \(scripts)img-src data:">
      <title>\(title)</title>
      <style>
      \(HTMLReport.styleSheet)
      \(FigureStyle.styleSheet)
      </style>
      </head>
      <body>
      \(body)
      </body>
      </html>

      """
  }
}
