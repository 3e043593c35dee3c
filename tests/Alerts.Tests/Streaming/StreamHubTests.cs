using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Streaming;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Streaming;

public sealed class StreamHubTests
{
    private readonly StreamHub _hub = new(
        new AlertMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()), new ShiftedClock());

    [Fact]
    public void Send_WhenAClientLags_DisconnectsItAndOnlyIt()
    {
        var aborted = new List<string>();
        var slow = new StreamSubscriber(TestTown.Uozu, queueLength: 2, after: 0, () => aborted.Add("slow"));
        var fast = new StreamSubscriber(TestTown.Uozu, queueLength: 10, after: 0, () => aborted.Add("fast"));
        _hub.Open(slow);
        _hub.Open(fast);
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            _hub.Send(TestTown.Uozu, Frame(sequence));
        }

        aborted.ShouldBe(["slow"]);
        fast.Frames.Count.ShouldBe(3);
        fast.Frames.Completion.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Send_WhenSeveralClientsListen_SharesTheBytes()
    {
        var one = new StreamSubscriber(TestTown.Uozu, 10, 0, () => { });
        var other = new StreamSubscriber(TestTown.Uozu, 10, 0, () => { });
        _hub.Open(one);
        _hub.Open(other);
        _hub.Send(TestTown.Uozu, Frame(7));
        one.Frames.TryRead(out var first).ShouldBeTrue();
        other.Frames.TryRead(out var second).ShouldBeTrue();
        first.Equals(second).ShouldBeTrue();
        Encoding.UTF8.GetString(first.Span).ShouldBe("id: 7\nevent: alert\ndata: {}\n\n");
    }

    [Fact]
    public void Send_WhenTheClientSawItOnAnotherReplica_DoesNotRepeatIt()
    {
        var subscriber = new StreamSubscriber(TestTown.Uozu, 10, after: 2, () => { });
        _hub.Open(subscriber);
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            _hub.Send(TestTown.Uozu, Frame(sequence));
        }

        subscriber.Frames.Count.ShouldBe(1);
        subscriber.Frames.TryRead(out var frame).ShouldBeTrue();
        Encoding.UTF8.GetString(frame.Span).ShouldStartWith("id: 3\n");
    }

    [Fact]
    public void SendHeartbeat_WhenTheQueueIsFull_DisconnectsNobody()
    {
        var aborted = false;
        var full = new StreamSubscriber(TestTown.Uozu, 1, 0, () => aborted = true);
        _hub.Open(full);
        _hub.Send(TestTown.Uozu, Frame(1));
        SendHeartbeats();
        aborted.ShouldBeFalse();
        full.Frames.Count.ShouldBe(1);
    }

    [Fact]
    public void SendHeartbeat_WhenEachPartHadItsTurn_HasKeptEveryStreamBusyOnce_AndNeverAllAtOnce()
    {
        var open = Enumerable.Range(0, 100).Select(_ => new StreamSubscriber(TestTown.Uozu, 10, 0, () => { })).ToList();
        open.ForEach(subscriber => _hub.Open(subscriber));
        _hub.SendHeartbeat();
        open.Sum(subscriber => subscriber.Frames.Count).ShouldBeInRange(1, 100 / 10);
        for (var turn = 1; turn < StreamHub.Turns; turn++)
        {
            _hub.SendHeartbeat();
        }

        open.ShouldAllBe(subscriber => subscriber.Frames.Count == 1);
    }

    [Fact]
    public void Open_WhenTheServiceStops_EndsAtOnce()
    {
        _hub.CloseAll();
        var late = new StreamSubscriber(TestTown.Uozu, 1, 0, () => { });
        _hub.Open(late);
        late.Frames.Completion.IsCompleted.ShouldBeTrue();
    }

    private void SendHeartbeats()
    {
        for (var turn = 0; turn < StreamHub.Turns; turn++)
        {
            _hub.SendHeartbeat();
        }
    }

    private static StreamFrame Frame(long sequence) => new(new StreamEvent
    {
        Sequence = sequence,
        Municipality = TestTown.Uozu,
        MessageId = $"m{sequence}",
        AlertId = "a",
        MsgType = "Update",
        Expires = DateTimeOffset.MaxValue,
        Payload = "{}",
    });
}
