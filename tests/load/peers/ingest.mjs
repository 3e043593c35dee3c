// What a town would otherwise put together: mosquitto, a subscriber on Node.js, and batched inserts into SQLite.
// Arguments: the broker's port, the database file. Says "ready", then the number of committed messages for each line it is given.
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import mqtt from 'mqtt';

const [port, file] = process.argv.slice(2);
const batchMessages = 500;
const longestWaitMilliseconds = 50;

const database = new Database(file);
database.pragma('journal_mode = WAL');
// As in our store: what is counted survives a power cut, and a reading that comes twice is stored once.
database.pragma('synchronous = FULL');
database.exec(`CREATE TABLE reading (device TEXT NOT NULL, metric TEXT NOT NULL, t TEXT NOT NULL, value REAL NOT NULL, received_at INTEGER NOT NULL,
  PRIMARY KEY (device, metric, t)) WITHOUT ROWID`);
const insert = database.prepare('INSERT OR IGNORE INTO reading VALUES (?, ?, ?, ?, ?)');
const store = database.transaction((messages) => {
  for (const { device, readings, receivedAt } of messages) {
    for (const metric in readings) {
      if (metric !== 't') {
        insert.run(device, metric, readings.t, readings[metric], receivedAt);
      }
    }
  }
});

let waiting = [];
let committed = 0;
const flush = () => {
  if (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    store(batch);
    committed += batch.length;
  }
};
setInterval(flush, longestWaitMilliseconds);

const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: 'town', clean: false, protocolVersion: 4 });
client.on('message', (topic, payload) => {
  waiting.push({ device: topic, readings: JSON.parse(payload), receivedAt: Date.now() });
  if (waiting.length >= batchMessages) {
    flush();
  }
});
client.once('connect', async () => {
  await client.subscribeAsync('sc/v1/+/+/telemetry', { qos: 1 });
  console.log('ready');
});
createInterface({ input: process.stdin }).on('line', () => console.log(committed)).on('close', () => process.exit(0));
