// The server that y-websocket publishes: its connection handler, set up as in its bin/server.cjs, on the `ws` of
// the other peer, so that what differs from that row is Yjs. A document is the path: /room-K.
import { WebSocketServer } from 'ws';
import { setupWSConnection } from 'y-websocket/bin/utils';
import { http, serve } from '../serve.mjs';

const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
server.on('connection', (socket, request) => setupWSConnection(socket, request));

http.on('upgrade', (request, socket, head) =>
  server.handleUpgrade(request, socket, head, (connected) => server.emit('connection', connected, request)),
);

serve();
