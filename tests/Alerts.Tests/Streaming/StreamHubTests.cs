using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
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
        var slow = new StreamSubscriber(TestTown.Uozu, StreamLanguages.All, queueLength: 2, after: 0, () => aborted.Add("slow"));
        var fast = new StreamSubscriber(TestTown.Uozu, StreamLanguages.All, queueLength: 10, after: 0, () => aborted.Add("fast"));
        _hub.Open(slow);
        _hub.Open(fast);
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            _hub.Send(TestTown.Uozu, Frame(sequence));
        }

        aborted.ShouldBe(["slow"]);
        fast.Waiting.ShouldBe(3);
    }

    [Fact]
    public async Task Send_WhenClientsOfALanguageListen_SharesTheBytesOfThatLanguage()
    {
        var frame = Frame(7, """{"id":"m7","alertId":"a","municipality":"162043","status":"Actual","msgType":"Alert","level":3,"hazard":"flood","sent":"2026-11-30T09:00:00+09:00","expires":"2026-11-30T12:00:00+09:00","info":[{"language":"ja","event":"河川増水","headline":"川"},{"language":"ja-Hira","event":"かわ","headline":"かわ"},{"language":"zh-Hans","event":"河","headline":"河"}]}""");
        var all = Read(StreamLanguages.All);
        var easy = Read(StreamLanguages.Parse("ja-easy,ja-Hira,ja")!);
        var chinese = Read(StreamLanguages.Parse("zh,ja")!);
        var korean = Read(StreamLanguages.Parse("ko")!);
        frame.In(StreamLanguages.Parse("zh,ja")!).Equals(frame.In(StreamLanguages.Parse("ZH,ja")!)).ShouldBeTrue();
        _hub.Send(TestTown.Uozu, frame);

        (await all.NextAsync()).ShouldStartWith("id: 7\nevent: alert\ndata: {\"id\":\"m7\"");
        Languages(await easy.NextAsync()).ShouldBe(["ja-Hira"]);
        Languages(await chinese.NextAsync()).ShouldBe(["zh-Hans"]);
        Languages(await korean.NextAsync()).ShouldBe(["ja"], "of an alert that has none of the wishes, the first");
    }

    [Theory]
    [InlineData("ja,")]
    [InlineData("j")]
    [InlineData("ja en")]
    [InlineData("ja,en,ko,vi,pt,zh,fr,de,it")]
    public void Parse_WhenTheListIsNone_GivesNothing(string list) => StreamLanguages.Parse(list).ShouldBeNull();

    [Fact]
    public async Task Send_WhenTheClientSawItOnAnotherReplica_DoesNotRepeatIt()
    {
        var stream = Read(StreamLanguages.All, after: 2);
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            _hub.Send(TestTown.Uozu, Frame(sequence));
        }

        (await stream.NextAsync()).ShouldStartWith("id: 3\n");
    }

    [Fact]
    public void SendHeartbeat_WhenTheQueueIsFull_DisconnectsNobody()
    {
        var aborted = false;
        var full = new StreamSubscriber(TestTown.Uozu, StreamLanguages.All, 1, 0, () => aborted = true);
        _hub.Open(full);
        _hub.Send(TestTown.Uozu, Frame(1));
        SendHeartbeats();
        aborted.ShouldBeFalse();
        full.Waiting.ShouldBe(1);
    }

    [Fact]
    public void SendHeartbeat_WhenEachPartHadItsTurn_HasKeptEveryStreamBusyOnce_AndNeverAllAtOnce()
    {
        var open = Enumerable.Range(0, 100).Select(_ => new StreamSubscriber(TestTown.Uozu, StreamLanguages.All, 10, 0, () => { })).ToList();
        open.ForEach(subscriber => _hub.Open(subscriber));
        _hub.SendHeartbeat();
        open.Sum(subscriber => subscriber.Waiting).ShouldBeInRange(1, 100 / 10);
        for (var turn = 1; turn < StreamHub.Turns; turn++)
        {
            _hub.SendHeartbeat();
        }

        open.ShouldAllBe(subscriber => subscriber.Waiting == 1);
    }

    [Fact]
    public async Task Open_WhenTheServiceStops_EndsAtOnce()
    {
        _hub.CloseAll();
        var late = Read(StreamLanguages.All);
        await late.Ended.WaitAsync(AlertsApp.Patience);
    }

    private Reading Read(StreamLanguages languages, long after = 0)
    {
        var subscriber = new StreamSubscriber(TestTown.Uozu, languages, 10, after, () => { });
        _hub.Open(subscriber);
        var pipe = new Pipe();
        return new Reading(pipe.Reader, subscriber.RunAsync(pipe.Writer, CancellationToken.None));
    }

    private static string?[] Languages(string frame)
        => [.. JsonNode.Parse(frame.Split("data: ")[1])!["info"]!.AsArray().Select(block => block!["language"]!.GetValue<string>())];

    private void SendHeartbeats()
    {
        for (var turn = 0; turn < StreamHub.Turns; turn++)
        {
            _hub.SendHeartbeat();
        }
    }

    private static StreamFrame Frame(long sequence, string payload = "{}") => new(new StreamEvent
    {
        Sequence = sequence,
        Municipality = TestTown.Uozu,
        MessageId = $"m{sequence}",
        AlertId = "a",
        MsgType = "Update",
        Expires = DateTimeOffset.MaxValue,
        Payload = payload,
    });

    private sealed record Reading(PipeReader Pipe, Task Ended)
    {
        /// <summary>What was written at once.</summary>
        public async Task<string> NextAsync()
        {
            var result = await Pipe.ReadAsync().AsTask().WaitAsync(AlertsApp.Patience);
            var text = Encoding.UTF8.GetString(result.Buffer);
            Pipe.AdvanceTo(result.Buffer.End);
            return text;
        }
    }
}
