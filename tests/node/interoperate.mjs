// Uses a broker as npm's mqtt client does and prints one line for each thing that works.
// node interoperate.mjs URL VERSION [CERTIFICATE]
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import mqtt from 'mqtt';

const [url, version, certificate] = process.argv.slice(2);
const protocolVersion = Number(version);
const prefix = `node/${new URL(url).protocol.replace(':', '')}/${version}`;
const connect = (options = {}) => mqtt.connectAsync(url, {
  protocolVersion, reconnectPeriod: 0, ca: certificate ? [readFileSync(certificate)] : undefined, ...options,
});

// The next message that a client gets, as "topic qos retain payload".
const next = async (client) => {
  const [topic, payload, packet] = await once(client, 'message');
  return `${topic} ${packet.qos} ${packet.retain} ${payload}`;
};

const subscriber = await connect();
const publisher = await connect();
await subscriber.subscribeAsync(`${prefix}/+`, { qos: 2 });
for (const qos of [0, 1, 2]) {
  const message = next(subscriber);
  await publisher.publishAsync(`${prefix}/qos${qos}`, 'あ'.repeat(20000), { qos });
  const [topic, gotQos, , payload] = (await message).split(' ');
  console.log(`qos${qos} ${topic === `${prefix}/qos${qos}` && gotQos === `${qos}` && payload.length === 20000}`);
}

await publisher.publishAsync(`${prefix}/retained/level`, 'kept', { qos: 1, retain: true });
const late = await connect();
const retained = next(late);
await late.subscribeAsync(`${prefix}/retained/#`, { qos: 1 });
console.log(`retained ${(await retained).endsWith('1 true kept')}`);
await late.endAsync();

const persistent = { clean: false, clientId: `${prefix}-persistent`.replaceAll('/', '-'), properties: protocolVersion === 5 ? { sessionExpiryInterval: 600 } : undefined };
const away = await connect(persistent);
await away.subscribeAsync(`${prefix}/away/#`, { qos: 2 });
await away.endAsync();
await publisher.publishAsync(`${prefix}/away/a`, 'waited', { qos: 2 });
const back = mqtt.connect(url, { protocolVersion, reconnectPeriod: 0, ca: certificate ? [readFileSync(certificate)] : undefined, ...persistent });
const [[connack], waited] = await Promise.all([once(back, 'connect'), next(back)]);
console.log(`session ${connack.sessionPresent && waited.endsWith('waited')}`);
await back.endAsync();

const watcher = await connect();
const will = next(watcher);
await watcher.subscribeAsync(`${prefix}/will/#`);
const dying = await connect({ will: { topic: `${prefix}/will/a`, payload: 'gone', qos: 1 } });
dying.stream.destroy();
console.log(`will ${(await will).endsWith('gone')}`);

await subscriber.unsubscribeAsync(`${prefix}/+`);
await Promise.all([subscriber.endAsync(), publisher.endAsync(), watcher.endAsync()]);
console.log('done true');
process.exit(0);
