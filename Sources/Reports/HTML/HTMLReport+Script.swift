extension HTMLReport {
  /// Filters, sorts and copies; everything else works without it.
  static let script = #"""
    (() => {
      const data = JSON.parse(document.getElementById('data').textContent);
      const section = document.getElementById('results');
      const form = section.querySelector('form');
      const body = section.querySelector('tbody');
      const heads = [...section.querySelectorAll('th button')];
      const more = section.querySelector('.more');
      const output = section.querySelector('output');
      const rows = data.rows.map(r => {
        const [model, update, command] = data.updates[r[0]];
        const [verdict, words] = data.verdicts[r[2]];
        const cells = [model, update, data.claims[r[1]], words, r[3], r[4], r[5], r[6]];
        const text = [...cells, r[7], command].join(' ').toLowerCase();
        return {cells, verdict, command, text, why: r[7]};
      });
      const isNumber = [4, 5, 6];
      // Numbers sort by value, a dash after all of them.
      const value = text => {
        if (text === '–') return NaN;
        if (text.startsWith('∞')) return Infinity;
        if (text.startsWith('-∞')) return -Infinity;
        // "1 + 2e-6" is a sum; what follows "±" is not part of the value.
        const parts = text.split(' ±')[0].replace(' - ', ' + -').split(' + ');
        return parts.reduce((sum, part) => sum + parseFloat(part), 0);
      };
      const compare = (column, sign) => (a, b) => {
        const [x, y] = [a.cells[column], b.cells[column]];
        if (!isNumber.includes(column)) return sign * (x < y ? -1 : x > y ? 1 : 0);
        const [u, v] = [value(x), value(y)];
        if (isNaN(u) || isNaN(v)) return isNaN(u) - isNaN(v);
        return sign * (u < v ? -1 : u > v ? 1 : 0);
      };
      let shown = [], limit = 100, order = null;

      const make = (tag, className, text) => {
        const element = document.createElement(tag);
        if (className) element.className = className;
        if (text) element.textContent = text;
        return element;
      };
      // A row of cells, and below it the command in parts that break before options.
      const lines = row => {
        const line = make('tr', 'above');
        row.cells.forEach((cell, column) => {
          if (column === 2 || column === 3) {
            const box = make('td');
            box.append(
              column === 2 ? make('code', '', cell) : make('span', 'verdict ' + row.verdict, cell));
            line.append(box);
          } else {
            line.append(make('td', isNumber.includes(column) ? 'number' : '', cell));
          }
        });
        if (row.why) line.children[1].append(make('small', '', row.why));
        line.children[1].className = 'update';
        const code = make('code', 'command');
        row.command.split(/ (?=--)/).forEach((part, index) => {
          if (index) code.append(' ');
          code.append(make('span', '', part));
        });
        const box = make('td');
        box.colSpan = row.cells.length;
        box.append(code);
        const below = make('tr');
        below.append(box);
        return [line, below];
      };
      const fill = () => {
        body.replaceChildren(...shown.slice(0, limit).flatMap(lines));
        more.hidden = shown.length <= limit;
        const count = n => n.toLocaleString('en');
        output.textContent = shown.length > limit
          ? `${count(limit)} of ${count(shown.length)} shown` : `${count(shown.length)} shown`;
      };
      const filter = () => {
        const f = form.elements;
        const words = f.text.value.toLowerCase().split(/\s+/).filter(Boolean);
        const wanted = {0: f.model.value, 2: f.claim.value, 3: f.verdict.value};
        shown = rows.filter(row =>
          [0, 2, 3].every(column => !wanted[column] || row.cells[column] === wanted[column])
          && words.every(word => row.text.includes(word)));
        if (order) shown.sort(compare(order.column, order.sign));
        limit = 100;
        fill();
      };
      form.addEventListener('input', filter);
      form.addEventListener('submit', event => event.preventDefault());
      heads.forEach(head => head.addEventListener('click', () => {
        const column = Number(head.dataset.column);
        order = {column, sign: order && order.column === column ? -order.sign : 1};
        heads.forEach(h => h.parentElement.removeAttribute('aria-sort'));
        head.parentElement.setAttribute('aria-sort', order.sign > 0 ? 'ascending' : 'descending');
        filter();
      }));
      more.addEventListener('click', event => {
        const step = event.target.dataset.more;
        if (!step) return;
        limit = step === 'all' ? Infinity : limit + Number(step);
        fill();
      });
      document.addEventListener('click', event => {
        const command = event.target.closest('code.command');
        if (!command || String(getSelection())) return;
        const done = () => {
          command.classList.add('copied');
          setTimeout(() => command.classList.remove('copied'), 1200);
        };
        if (navigator.clipboard) navigator.clipboard.writeText(command.textContent).then(done);
      });
      for (const hidden of [form, section.querySelector('.results')]) hidden.hidden = false;
      filter();
    })();
    """#
}
