extension HTMLScript {
  /// Filters and sorts all results, and makes the rows that are in view.
  static let results = #"""
    (() => {
      const section = document.querySelector('.rows').parentElement;
      const data = window.monotoneResults;
      if (!data) { section.querySelector('.missing').hidden = false; return; }
      const form = section.querySelector('form');
      const view = section.querySelector('.rows');
      const body = view.querySelector('tbody');
      const detail = section.querySelector('.detail');
      const output = section.querySelector('output');
      const heads = [...view.querySelectorAll('th button')];
      const [MODEL, UPDATE, NUMBERS] = [2, 3, [4, 5, 6]];

      const rows = data.rows.map(([u, c, v, margin, looseness, bound, witness, why]) => ({
        update: u, kind: data.verdicts[v][0], why: why || '', text: null,
        cells: [data.verdicts[v][1], data.claims[c], data.updates[u][0], data.updates[u][1],
          margin, looseness, bound, witness],
      }));
      const searched = row => row.text ||
        (row.text = [...row.cells, row.why, data.updates[row.update][2]].join(' ').toLowerCase());

      // Numbers sort by value, a dash after all of them. "1 + 2e-6" is a sum; what follows "±" is no part of it.
      const value = text => {
        if (text === '–') return NaN;
        if (text.startsWith('∞')) return Infinity;
        if (text.startsWith('-∞')) return -Infinity;
        return text.split(' ±')[0].replace(' - ', ' + -').split(' + ')
          .reduce((sum, part) => sum + parseFloat(part), 0);
      };
      const compare = (column, sign) => (a, b) => {
        const [x, y] = [a.cells[column], b.cells[column]];
        if (!NUMBERS.includes(column)) return sign * (x < y ? -1 : x > y ? 1 : 0);
        const [u, v] = [value(x), value(y)];
        if (isNaN(u) || isNaN(v)) return isNaN(u) - isNaN(v);
        return sign * (u < v ? -1 : u > v ? 1 : 0);
      };

      const make = (tag, className, text) => {
        const element = document.createElement(tag);
        if (className) element.className = className;
        if (text) element.textContent = text;
        return element;
      };
      const command = text => {
        const box = make('span', 'run');
        const code = make('code', 'command', text);
        code.title = text;
        box.append(code);
        monotoneCopy(code);
        return box;
      };

      let items = [], order = null, chosen = null;
      const made = new Map();
      const height = () => parseFloat(getComputedStyle(view).getPropertyValue('--row')) *
        parseFloat(getComputedStyle(document.documentElement).fontSize);
      const [before, after] = [make('tr', 'gap'), make('tr', 'gap')];
      [before, after].forEach(row => row.append(make('td')));
      // A phone shows two columns, and the others with the row that is chosen.
      const phone = matchMedia('(max-width: 46rem)');
      const columns = () => phone.matches ? 2 : 8;

      // An update's heading, with the one command for all of its rows.
      const heading = item => {
        const row = make('tr', 'update');
        const [model, update, text] = data.updates[item.update];
        const cell = make('th');
        cell.scope = 'rowgroup';
        cell.colSpan = columns();
        const name = make('span', 'name', model + ': ' + update);
        cell.append(name, command(text));
        row.append(cell);
        return row;
      };
      // In the table a number has four digits; the whole of it stands with the row that is chosen.
      const brief = text => {
        if (!text.includes('±')) return text;
        const number = Number(text.split(' ±')[0]);
        return isNaN(number) ? text : String(Number(number.toPrecision(4))).replace('e+', 'e');
      };
      const line = (item, index) => {
        const row = make('tr', item === chosen ? 'chosen' : '');
        item.cells.forEach((cell, column) => {
          const box = make('td', 'c' + column + (NUMBERS.includes(column) ? ' number' : ''));
          box.title = cell;
          if (column === 0) box.append(make('span', 'verdict ' + item.kind, cell));
          else if (column === 1) {
            const button = make('button', 'open', cell);
            button.type = 'button';
            button.addEventListener('click', () => choose(item));
            button.addEventListener('keydown', event => {
              const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
              if (step) { event.preventDefault(); move(index, step); }
            });
            box.append(button, make('small', 'where', item.cells[MODEL] + ': ' + item.cells[UPDATE]));
          } else box.textContent = column === 4 ? brief(cell) : cell;
          row.append(box);
        });
        row.addEventListener('click', event => {
          if (!event.target.closest('button') && !String(getSelection())) choose(item);
        });
        return row;
      };
      const render = () => {
        const size = height();
        for (const row of [before, after]) row.firstChild.colSpan = columns();
        const first = Math.max(0, Math.floor(view.scrollTop / size) - 8);
        const last = Math.min(items.length, Math.ceil((view.scrollTop + view.clientHeight) / size) + 8);
        for (const [index, row] of made) {
          if (index < first || index >= last) { row.remove(); made.delete(index); }
        }
        before.firstChild.style.height = first * size + 'px';
        after.firstChild.style.height = (items.length - last) * size + 'px';
        let place = before;
        for (let index = first; index < last; index += 1) {
          let row = made.get(index);
          if (!row) {
            row = items[index].cells ? line(items[index], index) : heading(items[index]);
            row.setAttribute('aria-rowindex', index + 2);
            made.set(index, row);
            place.after(row);
          }
          place = row;
        }
      };
      const move = (index, step) => {
        let next = index + step;
        while (items[next] && !items[next].cells) next += step;
        if (!items[next]) return;
        const size = height();
        const [top, bottom] = [(next - 1) * size, (next + 2) * size];
        if (top < view.scrollTop) view.scrollTop = top;
        if (bottom > view.scrollTop + view.clientHeight - size) view.scrollTop = bottom - view.clientHeight + size;
        render();
        made.get(next).querySelector('button').focus();
      };
      const choose = item => {
        const old = chosen;
        chosen = item === chosen ? null : item;
        items.forEach((one, index) => {
          if (one === old || one === chosen) {
            const row = made.get(index);
            if (row) row.classList.toggle('chosen', one === chosen);
          }
        });
        detail.hidden = !chosen;
        if (!chosen) return;
        const list = make('dl', 'facts');
        const names = ['verdict', 'claim', 'model', 'update', 'margin', 'looseness', 'lower bound', 'witness'];
        const pairs = names.map((name, column) => [name, chosen.cells[column]]);
        if (chosen.why) pairs.push(['why', chosen.why]);
        pairs.filter(pair => pair[1] !== '–').forEach(([name, text]) => {
          const pair = make('div');
          pair.append(make('dt', '', name), make('dd', '', text));
          list.append(pair);
        });
        const close = make('button', 'close', 'Close');
        close.type = 'button';
        close.addEventListener('click', () => choose(chosen));
        detail.replaceChildren(close, list, command(data.updates[chosen.update][2]));
      };

      const count = number => number.toLocaleString('en');
      const fields = ['text', 'model', 'claim', 'verdict'];
      const filter = () => {
        const wanted = Object.fromEntries(fields.map(name => [name, form.elements[name].value]));
        const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
        const shown = rows.filter(row =>
          (!wanted.verdict || row.cells[0] === wanted.verdict)
          && (!wanted.claim || row.cells[1] === wanted.claim)
          && (!wanted.model || row.cells[2] === wanted.model)
          && words.every(word => searched(row).includes(word)));
        if (order) {
          shown.sort(compare(order.column, order.sign));
          items = shown;
        } else {
          items = [];
          shown.forEach(row => {
            const last = items[items.length - 1];
            if (!last || last.update !== row.update) items.push({update: row.update});
            items.push(row);
          });
        }
        heads.forEach((head, column) => {
          const cell = head.parentElement;
          if (order && order.column === column) {
            cell.setAttribute('aria-sort', order.sign > 0 ? 'ascending' : 'descending');
          } else cell.removeAttribute('aria-sort');
        });
        made.clear();
        view.firstElementChild.setAttribute('aria-rowcount', items.length + 1);
        if (shown.length) {
          body.replaceChildren(before, after);
        } else {
          const row = make('tr', 'none');
          const cell = make('td', '', 'No result matches these filters. ');
          cell.colSpan = columns();
          const reset = make('button', '', 'Reset the filters');
          reset.type = 'button';
          reset.addEventListener('click', () => form.reset());
          cell.append(reset);
          row.append(cell);
          body.replaceChildren(row);
        }
        view.scrollTop = 0;
        if (shown.length) render();
        output.textContent = shown.length === rows.length
          ? `${count(rows.length)} results` : `${count(shown.length)} of ${count(rows.length)} results`;
        remember(wanted);
      };

      // The filters stand in the address, so that a view can be kept and sent.
      const remember = wanted => {
        const parts = new URLSearchParams(Object.entries(wanted).filter(pair => pair[1]));
        if (order) parts.set('sort', (order.sign > 0 ? '' : '-') + order.column);
        const isPlain = !String(parts);
        if (isPlain && !location.hash.startsWith('#results?')) return;
        history.replaceState(null, '', isPlain ? '#results' : '#results?' + parts);
      };
      const recall = () => {
        if (!location.hash.startsWith('#results?')) return false;
        const parts = new URLSearchParams(location.hash.slice('#results?'.length));
        fields.forEach(name => { form.elements[name].value = parts.get(name) || ''; });
        const sort = parts.get('sort');
        order = sort ? {column: Math.abs(parseInt(sort, 10)), sign: sort.startsWith('-') ? -1 : 1} : null;
        return true;
      };
      form.addEventListener('input', filter);
      form.addEventListener('submit', event => event.preventDefault());
      form.addEventListener('reset', () => { order = null; setTimeout(filter); });
      heads.forEach((head, column) => head.addEventListener('click', () => {
        const same = order && order.column === column;
        order = same && order.sign < 0 ? null : {column, sign: same ? -1 : 1};
        filter();
      }));
      let due = false;
      view.addEventListener('scroll', () => {
        if (due || !items.length) return;
        due = true;
        requestAnimationFrame(() => { due = false; render(); });
      });
      addEventListener('resize', () => {
        if (!items.length) return;
        made.forEach(row => row.remove());
        made.clear();
        render();
      });
      addEventListener('hashchange', () => { if (recall()) filter(); });
      form.hidden = false;
      view.hidden = false;
      const isRecalled = recall();
      filter();
      if (isRecalled) section.scrollIntoView();
    })();
    """#
}
