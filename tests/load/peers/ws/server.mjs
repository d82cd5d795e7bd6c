// Rooms on `ws` 8: what one client sends to /room/K goes as it is to everybody in room K, the sender too.
import { WebSocketServer } from 'ws';
import { http, serve } from '../serve.mjs';

const rooms = new Map();
const server = new WebSocketServer({ server: http, perMessageDeflate: false, maxPayload: 32 * 1024 });

server.on('connection', (socket, request) => {
  const name = request.url;
  let room = rooms.get(name);
  if (!room) rooms.set(name, (room = new Set()));
  room.add(socket);
  // `message` is the Buffer that was received: nothing is serialised again for each client.
  socket.on('message', (message) => {
    for (const member of room) member.send(message, { binary: false });
  });
  socket.on('error', () => {}); // 'close' follows
  socket.on('close', () => {
    room.delete(socket);
    if (room.size === 0) rooms.delete(name);
  });
});

serve();
