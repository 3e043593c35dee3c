// What a town would otherwise send Web Push messages with: the npm package web-push, many requests at a time over connections
// that are kept. Argument: JSON with the browsers' addresses' beginning, how many, and their keys. Says how long it took.
import { Agent } from 'node:http';
import http from 'node:http';
import { createECDH, randomBytes } from 'node:crypto';
import webpush from 'web-push';

const { receiver, count, atOnce, text } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
const vapid = webpush.generateVAPIDKeys();
webpush.setVapidDetails('mailto:load@example.org', vapid.publicKey, vapid.privateKey);

const keys = Array.from({ length: 1000 }, () => {
  const browser = createECDH('prime256v1');
  return { p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') };
});

// The package itself speaks https only; what it prepares is sent over http to the receiver on this machine.
function send(number) {
  const details = webpush.generateRequestDetails({ endpoint: receiver + number, keys: keys[number % keys.length] }, text, { TTL: 3600, topic: 'load', urgency: 'high' });
  return new Promise((done, failed) => {
    const request = http.request(details.endpoint, { method: details.method, headers: details.headers, agent }, answer => {
      answer.resume();
      answer.on('end', done);
    });
    request.on('error', failed);
    request.end(details.body);
  });
}

let next = 0;
const started = process.hrtime.bigint();
await Promise.all(Array.from({ length: atOnce }, async () => {
  while (next < count) await send(next++);
}));
console.log(Number(process.hrtime.bigint() - started) / 1e9);
