// The client's own code, for trials that run it without a browser: TypeScript as Vite reads it.
import { resolve } from 'node:path';

const client = resolve(import.meta.dirname, '../../client-web');

/** load(path below client-web) gives a module; close() ends it. */
export async function clientCode() {
  const { createServer } = await import(resolve(client, 'node_modules/vite/dist/node/index.js'));
  const vite = await createServer({
    root: client,
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
    appType: 'custom',
  });
  return { load: (path) => vite.ssrLoadModule(resolve(client, path)), close: () => vite.close() };
}
