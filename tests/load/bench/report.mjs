// Figures as people read them: Markdown tables, each with its goals.

/** "5.2 (4.9–5.8)": the median and the range of the rounds, with at most three digits that count. */
export function figure(spread, unit = '') {
  if (spread === null || spread === undefined) return '–';
  const of = (value) => digits(value, spread.median);
  const range = spread.rounds > 1 ? ` (${of(spread.min)}–${of(spread.max)})` : '';
  return `${of(spread.median)}${unit}${range}`;
}

function digits(value, like) {
  const size = Math.abs(like);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(size >= 10 ? 1 : 2);
}

export function table(columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

/** `goal` in words; `value` is compared with `most` or `least`; `shown` is what is printed of it. */
export function judge(goal, value, { most, least, shown }) {
  const known = Number.isFinite(value);
  const reached = known
    ? (most === undefined || value <= most) && (least === undefined || value >= least)
    : null;
  return { goal, value: known ? value : null, most, least, shown: shown ?? '–', reached };
}

function verdict(goal, judged) {
  if (!judged) return 'not judged';
  if (goal.reached === null) return '**no figure**';
  return goal.reached ? 'reached' : '**not reached**';
}

/** One table's section. `judged` is false for a smoke run, whose figures mean nothing. */
export function section({ title, words, columns, rows, goals = [], notes = [] }, judged) {
  const parts = [`## ${title}`, words];
  if (rows.length > 0) parts.push(table(columns, rows));
  if (goals.length > 0)
    parts.push(
      table(
        ['goal', 'figure', 'verdict'],
        goals.map((goal) => [goal.goal, goal.shown, verdict(goal, judged)]),
      ),
    );
  if (notes.length > 0) parts.push(notes.map((note) => `- ${note}`).join('\n'));
  return parts.join('\n\n');
}
