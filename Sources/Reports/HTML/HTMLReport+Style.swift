extension HTMLReport {
  /// The page's style sheet: system fonts, light and dark, from phones to wide screens.
  static let styleSheet = """
    :root {
      --page: #fff; --ink: #1b1f24; --faint: #5c636b; --line: #dde1e5; --panel: #f6f7f8;
      --good: #0b6e4f; --bad: #b3261e; --open: #8a5a00; --none: #5c636b; --link: #0a58a6;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #15181c; --ink: #e6e8ea; --faint: #9aa2ab; --line: #30363d; --panel: #1c2026;
        --good: #57c99b; --bad: #ff8a7f; --open: #e8b64c; --none: #9aa2ab; --link: #79b8ff;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0 auto; padding: 2rem clamp(1rem, 3vw, 2.5rem) 4rem; max-width: 84rem;
      background: var(--page); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
    }
    a { color: var(--link); }
    .tool { margin: 0; color: var(--faint); }
    h1 { margin: 0 0 1.25rem; font-size: clamp(1.5rem, 4.5vw, 2.1rem); line-height: 1.2; }
    h1.violated { color: var(--bad); } h1.undecided { color: var(--open); }
    h2 { margin: 3rem 0 .75rem; font-size: 1.35rem; }
    h3 { margin: 0; font-size: 1.05rem; }
    code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: .88em; overflow-wrap: anywhere; }
    small, .note, .source { color: var(--faint); }
    .banner { margin: 0 0 1rem; padding: .65rem .9rem; border-left: 4px solid var(--open);
      background: var(--panel); }
    .banner.bad { border-color: var(--bad); }

    .tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: .75rem; margin: 0 0 1.25rem; }
    .tile { padding: .7rem .9rem; border: 1px solid var(--line); border-radius: 6px; }
    .tile dt { color: var(--faint); }
    .tile dd { margin: 0; color: var(--none); font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
    .tile.holds dd { color: var(--good); } .tile.violated dd { color: var(--bad); }
    .tile.undecided dd { color: var(--open); }
    .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr));
      gap: .25rem 2rem; margin: 0; font-size: .94rem; }
    .facts div { display: grid; grid-template-columns: 9rem 1fr; }
    .facts dt { color: var(--faint); } .facts dd { margin: 0; overflow-wrap: anywhere; }

    .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    th, td { padding: .4rem .7rem; text-align: left; vertical-align: top;
      border-bottom: 1px solid var(--line); }
    tbody tr:last-child td { border-bottom: 0; }
    th { background: var(--panel); font-weight: 600; white-space: nowrap; }
    td code:not(.command) { white-space: nowrap; }
    td small { display: block; }
    td.update { min-width: 11rem; }
    tr.above td { padding-bottom: 0; border-bottom: 0; }
    tr.above + tr td { padding-top: .1rem; }
    /* The command stays in view while the table scrolls sideways. */
    td > code.command { position: sticky; left: .7rem; width: fit-content;
      max-width: min(100%, calc(100vw - 4rem)); }
    .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    th button { all: unset; cursor: pointer; }
    th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    th[aria-sort=ascending] button::after { content: " ▲"; font-size: .7em; }
    th[aria-sort=descending] button::after { content: " ▼"; font-size: .7em; }
    .verdict { white-space: nowrap; color: var(--none); }
    .verdict.holds { color: var(--good); } .verdict.undecided { color: var(--open); }
    .verdict.violated { color: var(--bad); font-weight: 600; }
    code.command { display: block; white-space: pre-wrap; cursor: copy;
      font-size: .78rem; line-height: 1.45; color: var(--faint); }
    code.command span { display: inline-block; }
    code.command:hover { color: var(--ink); }
    code.command.copied::after { content: " copied"; color: var(--good); }

    figure { margin: 0; }
    figure svg { display: block; width: 100%; max-width: 31rem; height: auto; }
    .claims { display: grid; gap: 1rem;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
    .claim { min-width: 0; padding: 1rem; border: 1px solid var(--line); border-radius: 6px; }
    .claim p { margin: 0; }
    .statement { overflow-wrap: anywhere; }
    .claim .source { font-size: .88rem; }
    .claim .counts { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: .25rem 0 .5rem; }
    .cases { margin: .5rem 0 0; font-size: .88rem; }
    .cases dt { float: left; margin-right: .5rem; color: var(--faint); }
    .cases dd { margin: 0 0 .4rem; overflow-wrap: anywhere; }

    #rules h3 { margin: 2rem 0 .5rem; }
    #rules > .note { max-width: 60rem; }
    #rules th { white-space: normal; vertical-align: bottom; }
    details.rules td > code.command { max-width: min(100%, calc(100vw - 6.5rem)); }
    details.rules { margin: .5rem 0; border: 1px solid var(--line); border-radius: 6px; }
    details.rules summary { padding: .6rem .9rem; cursor: pointer; color: var(--faint); }
    details.rules summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    details.rules h4 { display: inline; margin: 0 .5rem 0 .15rem; font-size: 1rem; color: var(--ink); }
    details.rules > .scroll { margin: .9rem; }
    .curves { display: grid; gap: 1rem; padding: 0 .9rem; justify-items: center;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
    .curves figure { width: 100%; max-width: 36rem; }
    .curves figure svg { max-width: none; }
    figcaption { color: var(--faint); font-size: .88rem; text-align: center; }

    .filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end;
      margin-bottom: .75rem; }
    .filters[hidden] { display: none; }
    .filters label { display: grid; gap: .15rem; color: var(--faint); font-size: .88rem; }
    .filters output { margin-left: auto; color: var(--faint); font-size: .88rem; }
    input, select, .more button { padding: .4rem .55rem; max-width: 100%;
      border: 1px solid var(--line); border-radius: 5px; background: var(--page);
      color: var(--ink); font: inherit; }
    .filters select { max-width: 16rem; }
    .more { margin: .75rem 0 0; }
    .more button { cursor: pointer; background: var(--panel); }

    @media (max-width: 40rem) {
      body { padding-top: 1.25rem; }
      .tiles { grid-template-columns: 1fr 1fr; }
      .facts { grid-template-columns: 1fr; }
      .claim { padding: .75rem; }
      .scroll table { width: max-content; min-width: 100%; }
      td { max-width: 22rem; }
      .filters label { flex: 1 1 9rem; }
      .filters input, .filters select { width: 100%; max-width: none; }
    }
    @media print {
      .filters, .more { display: none; }
      .claim, figure { break-inside: avoid; }
    }
    """
}
