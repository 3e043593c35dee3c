using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using SmartCity.Load.Processes;

namespace SmartCity.Load.Relay;

/// <summary>What one run measured.</summary>
/// <param name="BrokerMicroseconds">Processor time that the broker took for a message: what it costs whatever the generator costs.</param>
internal sealed record RelayResult(double MessagesPerSecond, double P50Milliseconds, double P99Milliseconds, double BrokerMicroseconds, long Lost, long Doubled);

/// <summary>
/// One publisher, one subscriber, one topic. The publisher is never further ahead of the subscriber than its window, so
/// that no broker has to drop, and what is measured is what arrives.
/// </summary>
/// <param name="batchMessages">Packets that the generator hands to the network in one write; 1 is a client that gathers nothing.</param>
internal sealed class RelayRun(IMeasuredBroker broker, byte qualityOfService, bool isVersion5, int batchMessages) : IDisposable
{
    private const string Topic = "sc/v1/162043/gauge-1/telemetry";
    private const int PayloadBytes = 100;
    private const int WindowAtMostOnce = 800;
    private const int WindowAtLeastOnce = 100;
    private const int MostAcknowledgements = 4096;

    private readonly RawMqtt _publisher = RawMqtt.Connect(broker.Port, "load-publisher", isVersion5);
    private readonly RawMqtt _subscriber = RawMqtt.Connect(broker.Port, "load-subscriber", isVersion5);
    private readonly Window _arrived = new(qualityOfService == 0 ? WindowAtMostOnce : WindowAtLeastOnce);
    private readonly Window _acknowledged = new(qualityOfService == 0 ? WindowAtMostOnce : WindowAtLeastOnce);
    private readonly List<double> _latencies = [];
    private long _published;
    private long _received;
    private long _doubled;
    private volatile bool _isMeasuring;
    private volatile bool _isStopping;

    public RelayResult Run(TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        _subscriber.Subscribe(Topic, qualityOfService);
        var subscriber = Start(Receive);
        var acknowledgements = qualityOfService > 0 ? Start(ReceiveAcknowledgements) : null;
        var publisher = Start(PublishAll);

        Pause.For(warmUp, cancellationToken);
        _isMeasuring = true;
        var clock = Stopwatch.StartNew();
        var (before, workBefore) = (Interlocked.Read(ref _received), broker.ProcessorTime);
        Pause.For(duration, cancellationToken);
        var received = Interlocked.Read(ref _received) - before;
        var rate = received / clock.Elapsed.TotalSeconds;
        var work = (broker.ProcessorTime - workBefore).TotalMicroseconds / Math.Max(received, 1);
        _isMeasuring = false;

        _isStopping = true;
        _arrived.Close();
        _acknowledged.Close();
        publisher.Join();
        // What is still under way arrives, or the time limit of the run says that it is lost.
        var deadline = Stopwatch.StartNew();
        while (Interlocked.Read(ref _received) < Interlocked.Read(ref _published) && deadline.Elapsed < TimeSpan.FromSeconds(5))
        {
            Pause.For(TimeSpan.FromMilliseconds(10), cancellationToken);
        }

        _publisher.Shutdown();
        _subscriber.Shutdown();
        subscriber.Join();
        acknowledgements?.Join();
        _latencies.Sort();
        return new RelayResult(rate, At(0.5), At(0.99), work, _published - (_received - _doubled), _doubled);
    }

    public void Dispose()
    {
        _publisher.Dispose();
        _subscriber.Dispose();
    }

    private double At(double share) => _latencies.Count == 0 ? 0 : _latencies[(int)(share * (_latencies.Count - 1))];

    private Thread Start(Action work)
    {
        var thread = new Thread(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception) when (_isStopping && exception is IOException or SocketException)
            {
                // The end of the run closes both connections; whatever else ends a thread is a failure of the run.
                Trace.WriteLine(exception.Message);
            }
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void PublishAll()
    {
        var packet = RawMqtt.Publish(Topic, PayloadBytes, qualityOfService, isVersion5, out var identifierOffset, out var payloadOffset);
        var buffer = new byte[packet.Length * batchMessages];
        ushort identifier = 0;
        while (!_isStopping)
        {
            var count = _arrived.Take(batchMessages);
            if (qualityOfService > 0 && count > 0)
            {
                var allowed = _acknowledged.Take(count);
                _arrived.Done(count - allowed);
                count = allowed;
            }

            var now = Stopwatch.GetTimestamp();
            for (var index = 0; index < count; index++)
            {
                var target = buffer.AsSpan(index * packet.Length, packet.Length);
                packet.CopyTo(target);
                BinaryPrimitives.WriteInt64BigEndian(target[payloadOffset..], now);
                BinaryPrimitives.WriteInt64BigEndian(target[(payloadOffset + 8)..], _published + index);
                if (qualityOfService > 0)
                {
                    identifier = (ushort)(identifier == ushort.MaxValue ? 1 : identifier + 1);
                    BinaryPrimitives.WriteUInt16BigEndian(target[identifierOffset..], identifier);
                }
            }

            Interlocked.Add(ref _published, count);
            _publisher.Send(buffer.AsSpan(0, count * packet.Length));
        }
    }

    private void ReceiveAcknowledgements()
    {
        while (true)
        {
            var header = _publisher.Read(out _);
            var count = header == 0x40 ? 1 : 0;
            while (_publisher.TryRead(out header, out _))
            {
                count += header == 0x40 ? 1 : 0;
            }

            _acknowledged.Done(count);
        }
    }

    private void Receive()
    {
        var mostInOneWrite = batchMessages == 1 ? 1 : MostAcknowledgements;
        var acknowledgements = new byte[4 * mostInOneWrite];
        long expected = 0;
        while (true)
        {
            var header = _subscriber.Read(out var body);
            var count = 0;
            do
            {
                if ((header & 0xF0) != 0x30)
                {
                    continue;
                }

                var sequence = BinaryPrimitives.ReadInt64BigEndian(body[^(PayloadBytes - 8)..]);
                if (sequence < expected)
                {
                    _doubled++;
                }

                expected = sequence + 1;
                if (_isMeasuring && sequence % 16 == 0)
                {
                    _latencies.Add(Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64BigEndian(body[^PayloadBytes..])).TotalMilliseconds);
                }

                if (qualityOfService > 0)
                {
                    var topicBytes = RawMqtt.Identifier(body);
                    ReadOnlySpan<byte> acknowledgement = [0x40, 2, body[2 + topicBytes], body[3 + topicBytes]];
                    acknowledgement.CopyTo(acknowledgements.AsSpan(4 * count));
                }

                count++;
            }
            while (count < mostInOneWrite && _subscriber.TryRead(out header, out body));

            if (qualityOfService > 0)
            {
                _subscriber.Send(acknowledgements.AsSpan(0, 4 * count));
            }

            Interlocked.Add(ref _received, count);
            _arrived.Done(count);
        }
    }
}
