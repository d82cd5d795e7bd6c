// Keeps what is typed into the form on this device until it was sent, whatever happens to the page, the network or
// the battery. The form works without it.
(() => {
  const fields = ['problem', 'solution', 'result'];
  const storage = (work) => {
    try {
      return work(localStorage);
    } catch {
      return null; // forbidden or full: the form is as good as without script
    }
  };

  const sent = document.querySelector('[data-kept]');
  if (sent) storage((local) => local.removeItem('write:' + sent.dataset.kept));

  const form = document.querySelector('[data-keep]');
  if (!form) return;
  const key = 'write:' + form.dataset.keep;
  const areas = fields.map((name) => form.elements.namedItem(name));
  const typed = () => areas.some((area) => area.value !== '');

  // What came back from the server is newer than what was kept.
  const kept = storage((local) => JSON.parse(local.getItem(key)));
  if (kept && !typed()) areas.forEach((area, i) => (area.value = kept[fields[i]] ?? ''));

  const keep = () =>
    storage((local) => {
      if (!typed()) return local.removeItem(key);
      local.setItem(key, JSON.stringify(Object.fromEntries(areas.map((area) => [area.name, area.value]))));
      document.getElementById('kept-here').hidden = false;
    });

  const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter() : null;
  const letters = (text) => (segmenter ? [...segmenter.segment(text)].length : [...text].length);
  const numbers = new Intl.NumberFormat(document.documentElement.lang === 'ar' ? 'ar-MA' : document.documentElement.lang);
  const count = (area) => {
    const most = Number(area.dataset.letters);
    const left = document.getElementById(area.name + '-left');
    const there = letters(area.value.trim());
    left.textContent = numbers.format(there) + ' / ' + numbers.format(most);
    left.classList.toggle('error-text', there > most);
  };

  for (const area of areas) {
    count(area);
    area.addEventListener('input', () => {
      count(area);
      keep();
    });
  }
  if (typed()) keep();

  const offline = document.getElementById('offline');
  form.addEventListener('submit', (event) => {
    offline.hidden = navigator.onLine;
    if (navigator.onLine) return;
    event.preventDefault();
    offline.scrollIntoView({ block: 'center' });
  });
  addEventListener('online', () => (offline.hidden = true));
})();
