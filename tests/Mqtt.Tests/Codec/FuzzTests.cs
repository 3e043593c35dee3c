using System.Buffers;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Codec;

public sealed class FuzzTests
{
    [Fact]
    public void Decode_OfMutatedPackets_ReturnsOrGivesAReasonCode()
    {
        var mutator = new PacketMutator(FuzzBudget.Seed);
        var budget = FuzzBudget.Start(share: 0.3);
        var refused = 0;
        var round = 0L;
        for (; budget.HasMore(round); round++)
        {
            var version = mutator.NextVersion();
            var bytes = mutator.Next(version);
            var buffer = mutator.Random.Next(2) == 0 || bytes.Length == 0
                ? new ReadOnlySequence<byte>(bytes)
                : PacketBytes.InPieces(bytes, mutator.Random.Next(1, 9));
            try
            {
                while (FrameReader.TryRead(ref buffer, 1 << 20, out var header, out var body))
                {
                    new PacketDecoder { Version = version }.Decode(header, body).ShouldNotBeNull();
                }
            }
            catch (MqttProtocolException exception)
            {
                ((byte)exception.ReasonCode).ShouldBeGreaterThanOrEqualTo((byte)0x80, $"seed {FuzzBudget.Seed}, round {round}");
                refused++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {FuzzBudget.Seed}, round {round}: {Convert.ToHexString(bytes)}", exception);
            }
        }

        refused.ShouldBeGreaterThan((int)(round / 10), $"seed {FuzzBudget.Seed}: most mutations are not packets");
    }
}
