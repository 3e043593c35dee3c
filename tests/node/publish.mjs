// Publishes one message with QoS 1 and prints the reason code of its acknowledgement.
// node publish.mjs HOST PORT VERSION USER PASSWORD TOPIC PAYLOAD
import mqtt from 'mqtt';

const [host, port, protocolVersion, username, password, topic, payload] = process.argv.slice(2);
const client = await mqtt.connectAsync({
  host, port: Number(port), protocol: 'mqtt', protocolVersion: Number(protocolVersion), username, password, reconnectPeriod: 0,
});
try {
  const acknowledgement = await client.publishAsync(topic, payload, { qos: 1 });
  console.log(`acknowledged ${acknowledgement?.reasonCode ?? 0}`);
} catch (error) {
  console.log(`refused ${error.code}`);
}
await client.endAsync();
