// A server of server-sent events that does nothing else: what many open pages cost with Node.js. A line on standard input sends
// an event of as many bytes as the argument says to all of them.
import http from 'node:http';
import readline from 'node:readline';

const event = `id: 1\nevent: alert\ndata: {"text":"${'x'.repeat(Number(process.argv[2]))}"}\n\n`;
const open = new Set();
const server = http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-cache' });
  response.write('retry: 2000\n\n');
  open.add(response);
  response.on('close', () => open.delete(response));
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
readline.createInterface({ input: process.stdin }).on('line', () => {
  for (const response of open) response.write(event);
  console.log('sent');
});
