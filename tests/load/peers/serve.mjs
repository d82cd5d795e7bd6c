// What the peers share: one HTTP server on a free port of loopback, the line that says so, and an end by SIGTERM.
import { createServer } from 'node:http';

export const http = createServer((_request, response) => {
  response.writeHead(404);
  response.end();
});

/** Prints where it listens, once it does. */
export function serve() {
  // Thousands connect within a second: Node's own backlog of 511 would drop some of them.
  http.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () =>
    console.log(`listening on http://127.0.0.1:${http.address().port}`),
  );
  process.on('SIGTERM', () => process.exit(0));
}
