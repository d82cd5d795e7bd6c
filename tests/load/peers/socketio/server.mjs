// Rooms on Socket.IO 4, over WebSocket only: "join" enters a room, "say" is emitted to the room as "said".
import { Server } from 'socket.io';
import { http, serve } from '../serve.mjs';

const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
  maxHttpBufferSize: 32 * 1024,
});

// As its page on memory usage advises: nothing here needs the request that opened a connection.
io.engine.on('connection', (connection) => {
  connection.request = null;
});

io.on('connection', (socket) => {
  let room;
  socket.on('join', (name) => {
    room = String(name);
    socket.join(room);
  });
  // The adapter encodes a packet once for the whole room.
  socket.on('say', (payload) => {
    if (room !== undefined) io.to(room).emit('said', payload);
  });
});

serve();
