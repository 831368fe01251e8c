/// The scripts of pages.
enum HTMLScript {
  /// Commands are copied by a button; a link into something folded unfolds it.
  static let page = #"""
    (() => {
      const copy = code => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'copy';
        button.textContent = 'copy';
        button.addEventListener('click', () => {
          const done = text => {
            button.textContent = text;
            setTimeout(() => { button.textContent = 'copy'; }, 1500);
          };
          if (navigator.clipboard) {
            navigator.clipboard.writeText(code.textContent).then(() => done('copied'), () => done('no access'));
          } else {
            getSelection().selectAllChildren(code);
            done('selected');
          }
        });
        code.after(button);
      };
      window.monotoneCopy = copy;
      document.querySelectorAll('code.command').forEach(copy);
      const unfold = () => {
        const id = decodeURIComponent(location.hash.slice(1));
        const target = id && document.getElementById(id);
        const folded = target && target.closest('details');
        if (folded) { folded.open = true; target.scrollIntoView(); }
      };
      addEventListener('hashchange', unfold);
      unfold();
      const links = [...document.querySelectorAll('.contents a')];
      const seen = new Map(links.map(link => [link.hash.slice(1), link]));
      const watch = new IntersectionObserver(entries => entries.forEach(entry => {
        const link = seen.get(entry.target.id);
        if (link) link.classList.toggle('current', entry.isIntersecting);
      }), {rootMargin: '-10% 0px -70% 0px'});
      document.querySelectorAll('main > section').forEach(section => watch.observe(section));
    })();
    """#
}
