using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class PacketIdentifierTests
{
    [Fact]
    public void MarkSent_WhileAnIdentifierIsInFlight_DoesNotUseItAgain()
    {
        var session = new Session(1, "c", null, new SessionLimits(100_000, long.MaxValue));
        var slow = Send(session);

        for (var count = 0; count < 2 * ushort.MaxValue; count++)
        {
            var delivery = Send(session);
            delivery.PacketIdentifier.ShouldNotBe(slow.PacketIdentifier);
            delivery.PacketIdentifier.ShouldNotBe((ushort)0);
            session.Inflight.Remove(delivery.PacketIdentifier);
        }
    }

    private static Delivery Send(Session session)
    {
        var delivery = new Delivery { Message = new Message { Topic = new TopicName("t"), Payload = [] }, QualityOfService = 1 };
        session.MarkSent(delivery);
        return delivery;
    }
}
