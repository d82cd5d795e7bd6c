// After vite build: the join page prerendered, every file compressed beside itself, and the byte budgets held.
import { createServer } from 'vite';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The join page as it looks before anybody has done anything, in Arabic: readable before the script is there. */
async function prerender() {
  const server = await createServer({
    root,
    logLevel: 'error',
    server: { middlewareMode: true },
    appType: 'custom',
  });
  try {
    const { render } = await server.ssrLoadModule('svelte/server');
    const { i18n } = await server.ssrLoadModule('/src/lib/i18n/index.svelte.ts');
    const { default: Join } = await server.ssrLoadModule('/src/join/Join.svelte');
    const words = {
      ...json(join(root, 'src/messages/common.ar.json')),
      ...json(join(root, 'src/messages/join.ar.json')),
    };
    i18n.begin('ar', words, async () => [words]);
    const { body } = await render(Join);
    const page = join(dist, 'index.html');
    writeFileSync(
      page,
      readFileSync(page, 'utf8').replace('<div id="app"></div>', () => `<div id="app">${body}</div>`),
    );
  } finally {
    await server.close();
  }
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function compress() {
  for (const path of files(dist)) {
    if (!['.html', '.js', '.css', '.json', '.svg', '.webmanifest'].includes(extname(path))) continue;
    const bytes = readFileSync(path);
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    );
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Pages whose sentences are not in the files of their own name. */
const sentencesOf = {
  index: 'join|codes.join',
  console: 'console|board|codes.console',
  screen: 'screen',
};

/** Brotli bytes of a page, of all that it loads at once, and of one language's sentences. */
function weight(page) {
  const html = readFileSync(join(dist, `${page}.html`), 'utf8');
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    if (!name.endsWith('.js')) return;
    const code = readFileSync(join(dist, 'assets', name), 'utf8');
    for (const [, from] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) visit(from);
  };
  for (const [, name] of html.matchAll(/\/assets\/([\w.-]+\.(?:js|css))/g)) visit(name);
  const size = (path) => statSync(`${path}.br`).size;
  const sentences = readdirSync(join(dist, 'assets')).filter((name) =>
    new RegExp(`^(${sentencesOf[page] ?? `${page}|codes.${page}`}|common)\\.ar-.*\\.js$`).test(name),
  );
  for (const name of sentences) seen.add(name);
  return (
    size(join(dist, `${page}.html`)) +
    [...seen].reduce((sum, name) => sum + size(join(dist, 'assets', name)), 0)
  );
}

/** Bytes before the page can be used; beyond, the build fails. */
const budgets = { index: 34_000, room: 54_000, console: 120_000, screen: 70_000, receipt: 40_000 };

await prerender();
writeFileSync(join(dist, 'csp.json'), JSON.stringify({ style_hashes: [] }));
compress();
let over = false;
for (const [page, budget] of Object.entries(budgets)) {
  const bytes = weight(page);
  over ||= bytes > budget;
  console.log(
    `${page.padEnd(8)} ${String(bytes).padStart(6)} of ${budget} bytes${bytes > budget ? '  TOO LARGE' : ''}`,
  );
}
if (over) process.exit(1);
