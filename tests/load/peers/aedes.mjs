// npm's aedes on a loopback port, until standard input ends.
import { createServer } from 'node:net';
import * as aedesModule from 'aedes';

const port = Number(process.argv[2]);
const { Aedes } = aedesModule;
const broker = typeof Aedes.createBroker === 'function'
  ? await Aedes.createBroker({ queueLimit: 100000, maxClientsIdLength: 64 })
  : new Aedes({ queueLimit: 100000, maxClientsIdLength: 64 });
createServer(broker.handle).listen(port, '127.0.0.1');
process.stdin.on('end', () => process.exit(0)).resume();
