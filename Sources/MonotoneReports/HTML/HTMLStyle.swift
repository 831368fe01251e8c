/// The style sheet of pages: system fonts, light and dark, from phones to wide screens and paper.
enum HTMLStyle {
  static let sheet = [page, tables, figures, folding, results, narrow, paper].joined(
    separator: "\n")

  private static let page = """
    :root {
      --page: #fff; --ink: #1b1f24; --faint: #5c636b; --line: #dde1e5; --panel: #f6f7f8;
      --good: #0b6e4f; --bad: #b3261e; --open: #8a5a00; --none: #5c636b; --link: #0a58a6;
      --alarm: #fdecea; --caution: #fff6e0;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #15181c; --ink: #e6e8ea; --faint: #9aa2ab; --line: #30363d; --panel: #1c2026;
        --good: #57c99b; --bad: #ff8a7f; --open: #e8b64c; --none: #9aa2ab; --link: #79b8ff;
        --alarm: #3a1f1f; --caution: #33290f;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body {
      margin: 0 auto; padding: 1.75rem clamp(1rem, 3vw, 2.5rem) 4rem; max-width: 92rem;
      background: var(--page); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
    }
    a { color: var(--link); }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: .5rem; }
    .tool { margin: 0; color: var(--faint); }
    h1 { margin: 0 0 1rem; font-size: clamp(1.35rem, 3.6vw, 1.85rem); line-height: 1.25; overflow-wrap: anywhere; }
    h1.violated { color: var(--bad); } h1.undecided { color: var(--open); }
    h2 { margin: 2.75rem 0 .75rem; font-size: 1.35rem; }
    h3 { margin: 0; font-size: 1rem; }
    main { min-width: 0; }
    .opening { max-width: 46rem; margin: 0 0 1rem; font-size: 1.06rem; }
    .text { max-width: 52rem; margin: 0 0 .9rem; }
    code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: .88em; overflow-wrap: anywhere; }
    pre { overflow-x: auto; padding: .6rem .9rem; background: var(--panel); font-size: .84rem; }
    math { font-size: 1.08em; }
    small { color: var(--faint); }
    button, input, select { font: inherit; color: inherit; }
    button { cursor: pointer; }
    .banner { max-width: 60rem; margin: 0 0 1rem; padding: .65rem .9rem; border-left: 4px solid var(--open);
      background: var(--panel); }
    .banner.bad { border-color: var(--bad); }
    .contents ol { margin: 0; padding: 0; list-style: none; }
    @media (min-width: 72rem) {
      body { display: grid; grid-template-columns: 13rem minmax(0, 1fr); column-gap: 2.5rem; }
      header { grid-column: 1 / -1; }
      .contents { position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem);
        overflow-y: auto; border-right: 1px solid var(--line); }
      .contents a { display: block; padding: .25rem .75rem .25rem 0; color: var(--faint); text-decoration: none; }
      .contents a:hover { color: var(--link); }
      .contents a.current { color: var(--ink); font-weight: 600; }
    }
    @media (max-width: 71.99rem) {
      .contents ol { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin-bottom: 1rem; }
    }
    .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 0 0 1.25rem; }
    .tile { padding: .7rem .9rem; border: 1px solid var(--line); border-radius: 6px; }
    .tile dt { color: var(--faint); }
    .tile dd { margin: 0; color: var(--none); font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
    .tile.holds dd { color: var(--good); } .tile.violated dd { color: var(--bad); }
    .tile.undecided dd { color: var(--open); } .tile.consistent dd { color: var(--good); }
    .facts { display: table; margin: 0 0 1rem; font-size: .94rem; }
    .facts div { display: table-row; }
    .facts dt, .facts dd { display: table-cell; padding: .15rem 0; vertical-align: top; }
    .facts dt { padding-right: 1.5rem; min-width: 9rem; max-width: 20rem; color: var(--faint); }
    .facts dd { overflow-wrap: anywhere; }
    """

  private static let tables = """
    .scroll { overflow-x: auto; margin: 0 0 1rem; border: 1px solid var(--line); border-radius: 6px; }
    table { border-collapse: collapse; width: 100%; font-size: .9rem; }
    th, td { padding: .4rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
    tbody tr:last-child > * { border-bottom: 0; }
    thead th, thead th.number { white-space: normal; }
    thead th { background: var(--panel); font-weight: 600; vertical-align: bottom; }
    tbody th { font-weight: inherit; }
    td code:not(.command), th code:not(.command) { white-space: nowrap; }
    td small, th small { display: block; min-width: 13rem; }
    .number small { min-width: 0; }
    td math, th math { white-space: nowrap; }
    tr.violated > * { background: var(--alarm); } tr.undecided > * { background: var(--caution); }
    tr.above > * { padding-bottom: 0; border-bottom: 0; }
    tr.below td { padding-top: .1rem; }
    .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .verdict { white-space: nowrap; color: var(--none); }
    .verdict.holds, .verdict.consistent { color: var(--good); } .verdict.undecided { color: var(--open); }
    .verdict.violated { color: var(--bad); font-weight: 600; }
    code.command { font-size: .78rem; line-height: 1.45; color: var(--faint); }
    code.command span { display: inline-block; }
    .copy { margin-left: .5rem; padding: 0 .35rem; border: 1px solid var(--line); border-radius: 4px;
      background: none; color: var(--link); font-size: .72rem; line-height: 1.4; }
    """

  private static let figures = """
    .figures { display: grid; gap: 1.25rem; margin: 0 0 1rem;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); }
    figure { margin: 0; max-width: 34rem; }
    figure.large { grid-column: 1 / -1; max-width: 66rem; }
    figure svg { display: block; width: 100%; height: auto; }
    figcaption { margin-top: .3rem; color: var(--faint); font-size: .88rem; }
    .narrow { display: none; }
    @media (max-width: 46rem) { .wide { display: none; } .narrow { display: block; } }
    """

  private static let folding = """
    details { margin: .5rem 0; border: 1px solid var(--line); border-radius: 6px; }
    summary { display: flex; flex-wrap: wrap; gap: .1rem .9rem; align-items: baseline; padding: .5rem .9rem;
      cursor: pointer; list-style: none; }
    summary::-webkit-details-marker { display: none; }
    summary::before { content: "▸"; width: .6rem; color: var(--faint); }
    details[open] > summary::before { content: "▾"; }
    summary > span { color: var(--faint); font-size: .92rem; }
    summary .verdict { margin-right: .5rem; }
    summary h3 { font-weight: 600; }
    summary > span { min-width: 0; overflow-x: auto; overflow-y: hidden; }
    .inside { padding: 0 .9rem .5rem; }
    """

  private static let results = """
    .filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin-bottom: .75rem; }
    .filters label { display: grid; gap: .15rem; color: var(--faint); font-size: .88rem; }
    .filters output { margin-left: auto; color: var(--faint); font-size: .88rem; }
    .filters input, .filters select, .filters button, .detail .close, .none button {
      padding: .4rem .55rem; max-width: 100%; border: 1px solid var(--line); border-radius: 5px;
      background: var(--page); color: var(--ink); font-size: .94rem; line-height: 1.3; height: 2.2rem; }
    .filters select { max-width: 15rem; }
    .rows { --row: 2.15rem; height: min(42rem, 80vh); overflow: auto; border: 1px solid var(--line); border-radius: 6px; }
    .rows table { table-layout: fixed; min-width: 58rem; }
    .rows thead th { padding: .4rem .5rem; white-space: nowrap; position: sticky; top: 0; z-index: 1; box-shadow: 0 1px var(--line); }
    .rows th button, .open { padding: 0; border: 0; background: none; font-weight: inherit; text-align: left; }
    .rows th[aria-sort=ascending] button::after { content: " ▲"; font-size: .7em; }
    .rows th[aria-sort=descending] button::after { content: " ▼"; font-size: .7em; }
    .rows tbody tr { height: var(--row); }
    .rows tbody td, .rows tbody th { height: var(--row); padding: 0 .5rem; overflow: hidden; white-space: nowrap;
      text-overflow: ellipsis; vertical-align: middle; }
    .rows .gap, .rows .gap td { height: 0; padding: 0; border: 0; }
    .rows .update th { background: var(--panel); font-weight: 600; }
    .rows .name { margin-right: 1rem; } .run { font-weight: 400; white-space: nowrap; }
    .rows .chosen > * { background: var(--panel); }
    .rows tbody td { cursor: pointer; }
    .open { color: var(--link); font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .88em; }
    .where { display: none; }
    .c0 { width: 11%; } .c1 { width: 21%; } .c2 { width: 13%; } .c3 { width: 17%; }
    .c4 { width: 9.5%; } .c5 { width: 9.5%; } .c6 { width: 10%; } .c7 { width: 9%; }
    .rows thead .c4, .rows thead .c5, .rows thead .c6 { text-align: right; }
    .detail { position: sticky; bottom: 0; padding: .75rem .9rem; border: 1px solid var(--line); border-radius: 6px;
      background: var(--page); box-shadow: 0 -4px 14px rgb(0 0 0 / .12); }
    .detail .close { float: right; }
    .detail .run { white-space: normal; }
    .detail .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .1rem 1.5rem;
      margin: 0 5rem .5rem 0; }
    .detail .facts div { display: grid; grid-template-columns: 6rem 1fr; }
    .detail .facts dt { min-width: 0; padding: 0; }
    """

  private static let narrow = """
    @media (max-width: 46rem) {
      body { padding-top: 1.25rem; }
      .tiles { grid-template-columns: 1fr 1fr; }
      .facts, .facts div, .facts dt, .facts dd { display: block; max-width: none; }
      .facts dt { padding: .35rem 0 0; } .facts dd { margin: 0; padding: 0; }
      .scroll table { width: max-content; min-width: 100%; }
      td { max-width: 20rem; } tbody th { max-width: 13rem; } th small { min-width: 0; }
      .inside { padding: 0 .6rem .4rem; }
      .filters label { flex: 1 1 9rem; }
      .filters input, .filters select { width: 100%; max-width: none; }
      .rows { --row: 3.2rem; }
      .rows table { min-width: 0; }
      .rows .c2, .rows .c3, .rows .c4, .rows .c5, .rows .c6, .rows .c7, .rows .update .run { display: none; }
      .rows .c0 { width: 32%; } .rows .c1 { width: 68%; }
      .detail .facts { display: block; margin: 0 0 .5rem; } .detail .facts div { grid-template-columns: 5.5rem 1fr; }
      .detail { max-height: 60vh; overflow-y: auto; }
      .where { display: block; overflow: hidden; text-overflow: ellipsis; }
    }
    """

  private static let paper = """
    @page { margin: 14mm 12mm; }
    @media print {
      :root { --page: #fff; --ink: #000; --faint: #444; --line: #bbb; --panel: #f3f3f3; --good: #0b6e4f;
        --bad: #b3261e; --open: #8a5a00; --none: #444; --link: #000; --alarm: #fdecea; --caution: #fff6e0; }
      body { display: block; max-width: none; padding: 0; font-size: 9pt; }
      .contents, .skip, .copy, .filters, .rows, .detail, .on-screen { display: none !important; }
      #results { display: none; }
      h1 { font-size: 16pt; } h2 { margin: 1.2rem 0 .4rem; font-size: 12pt; break-after: avoid; }
      .scroll { overflow: visible; border: 0; }
      .scroll table { width: 100%; font-size: 7pt; }
      th, td { padding: .15rem .3rem; max-width: none; min-width: 1.8rem; overflow-wrap: anywhere; }
      thead th, .number { overflow-wrap: normal; }
      td code:not(.command), th code:not(.command), td math, th math { white-space: normal; }
      td small, th small { min-width: 0; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; }
      .text, h2 { break-after: avoid; }
      code.command { font-size: 6.5pt; }
      tr, figure, .tile, details { break-inside: avoid; }
      thead { display: table-header-group; }
      .tiles { grid-template-columns: repeat(5, 1fr); }
      .tile { padding: .3rem .5rem; } .tile dd { font-size: 13pt; }
      details { margin: .15rem 0; } summary { padding: .15rem .5rem; }
      .wide { display: block; } .narrow { display: none; }
    }
    """
}
