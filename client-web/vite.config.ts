import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const pages = ['index', 'room', 'console', 'screen', 'receipt', 'review'];

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: ['chrome87', 'safari14.1', 'firefox91'],
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(pages.map((page) => [page, resolve(import.meta.dirname, `${page}.html`)])),
    },
  },
  server: {
    fs: { allow: ['..'] },
    proxy: { '/api': 'http://127.0.0.1:8080', '/live': { target: 'ws://127.0.0.1:8080', ws: true } },
  },
  test: { include: ['../tests/unit/client-web/**/*.test.ts'], environment: 'node', testTimeout: 120_000 },
  resolve: { alias: { $lib: resolve(import.meta.dirname, 'src/lib') } },
});
