using System.Net;
using System.Net.ServerSentEvents;
using SmartCity.Contracts;
using SmartCity.Gateway.Tests.Hosting;

namespace SmartCity.Gateway.Tests.Streaming;

public sealed class SharedStreamTests : IAsyncLifetime
{
    private const string Path = "/api/162043/alerts/stream";
    private readonly FakeAlertStream _alerts = new();
    private GatewayApp _gateway = null!;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Alerts] = await _alerts.StartAsync() });
        _gateway.Serve(TestTown.Of());
        _alerts.Tell("one");
        _alerts.Tell("two");
    }

    public async Task DisposeAsync()
    {
        _alerts.EndAll();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Stream_WhenManyGoOnFromAnId_AsksTheServiceOnceAndTellsEachEverythingOnce()
    {
        var listeners = new List<Listener>();
        for (var number = 0; number < 20; number++)
        {
            listeners.Add(await ListenAsync(Path + "?lastEventId=2&languages=ja"));
        }

        _alerts.Tell("three");
        _alerts.TellWithoutId(": still here\n\n");
        _alerts.Tell("four");
        foreach (var listener in listeners)
        {
            (await listener.NextAsync()).ShouldBe("3 three");
            (await listener.NextAsync()).ShouldBe("4 four");
        }

        _alerts.Opened.ShouldBe(1);
    }

    [Fact]
    public async Task Stream_WhenAClientMissedSomethingThatIsAtHand_TellsItThat()
    {
        await using var first = await ListenAsync(Path + "?lastEventId=1");
        (await first.NextAsync()).ShouldBe("2 two");
        _alerts.Tell("three");
        (await first.NextAsync()).ShouldBe("3 three");

        await using var late = await ListenAsync(Path, ("Last-Event-ID", "1"));
        (await late.NextAsync()).ShouldBe("2 two");
        (await late.NextAsync()).ShouldBe("3 three");
        _alerts.Opened.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "2 two")]
    [InlineData("1", "2 two")]
    [InlineData("900", "2 two")]
    public async Task Stream_WhenOnlyTheServiceKnowsWhatComesNext_IsTheClientsOwn(string? id, string next)
    {
        await using var shared = await ListenAsync(Path + "?lastEventId=2");
        await using var own = await ListenAsync(id is null ? Path : $"{Path}?lastEventId={id}");
        (await own.NextAsync()).ShouldBe(next);
        _alerts.Opened.ShouldBe(2);
        _alerts.Tell("three");
        (await shared.NextAsync()).ShouldBe("3 three");
        (await own.NextAsync()).ShouldBe("3 three");
    }

    [Fact]
    public async Task Stream_WhenTheFirstIdWasNeverGiven_IsNoneForOthersEither()
    {
        await using var mistaken = await ListenAsync(Path + "?lastEventId=900");
        (await mistaken.NextAsync()).ShouldBe("2 two");
        await using var right = await ListenAsync(Path + "?lastEventId=2");
        _alerts.Tell("three");
        (await mistaken.NextAsync()).ShouldBe("3 three");
        (await right.NextAsync()).ShouldBe("3 three", "nothing that was in force before is told as new");
    }

    [Fact]
    public async Task Stream_WhenAsked_DependsOnTownWordsAndCaller()
    {
        await using var japanese = await ListenAsync(Path + "?languages=ja&lastEventId=2");
        await using var english = await ListenAsync(Path + "?languages=en&lastEventId=2");
        await using var more = await ListenAsync(Path + "?languages=ja&lastEventId=2&other=1");
        await using var signedIn = await ListenAsync(Path + "?languages=ja&lastEventId=2", ("Authorization", "Bearer " + _gateway.Issuer.TokenFor("resident-1", "resident", TestTown.Uozu)));
        _alerts.Opened.ShouldBe(4);
    }

    [Fact]
    public async Task Stream_WhenTheServiceBreaksOffForAMoment_GoesOnWithoutAGap()
    {
        await using var listener = await ListenAsync(Path + "?lastEventId=2");
        _alerts.EndAll();
        _alerts.Tell("three");
        (await listener.NextAsync()).ShouldBe("3 three");
        _alerts.Opened.ShouldBe(2);
    }

    [Fact]
    public async Task Stream_WhenTheServiceStaysAway_EndsSoThatNobodyTakesSilenceForCalm()
    {
        await using var listener = await ListenAsync(Path + "?lastEventId=2");
        _alerts.IsAway = true;
        _alerts.EndAll();
        (await listener.NextAsync()).ShouldBe("the end");
        using var refused = await _gateway.GetAsync(Path + "?lastEventId=2");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        _alerts.IsAway = false;
        _alerts.Tell("three");
        await using var back = await ListenAsync(Path + "?lastEventId=2");
        (await back.NextAsync()).ShouldBe("3 three");
    }

    [Fact]
    public async Task Stream_WhenAnEventWasTold_IsNotContradictedByAKeptAnswer()
    {
        await using var listener = await ListenAsync(Path + "?lastEventId=2");
        (await _gateway.GetTextAsync("/api/162043/alerts/active")).ShouldBe("[2]");
        _alerts.Tell("three");
        (await listener.NextAsync()).ShouldBe("3 three");
        (await _gateway.GetTextAsync("/api/162043/alerts/active")).ShouldBe("[3]");
    }

    [Fact]
    public async Task Stream_WhenShared_HasTheHeadersOfAnyOther()
    {
        await using var own = await ListenAsync(Path);
        await using var shared = await ListenAsync(Path + "?lastEventId=2");
        foreach (var name in new[] { "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control", "X-Accel-Buffering" })
        {
            if (own.Answer.Headers.TryGetValues(name, out var values))
            {
                shared.Answer.Headers.GetValues(name).ShouldBe(values);
            }
        }

        shared.Answer.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream; charset=utf-8");
        shared.Answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_WhenASharedStreamIsOpen_DoesNotWaitForIt()
    {
        await using var listener = await ListenAsync(Path + "?lastEventId=2");
        // Less than the four seconds after which the server would end it by force.
        await _gateway.StopAsync().WaitAsync(TimeSpan.FromSeconds(3));
        (await listener.NextAsync()).ShouldBe("the end");
    }

    private async Task<Listener> ListenAsync(string path, params (string Name, string Value)[] headers)
    {
        var answer = await _gateway.GetAsync(path, null, headers).WaitAsync(GatewayApp.Patience);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new Listener(answer, await answer.Content.ReadAsStreamAsync());
    }

    private sealed class Listener(HttpResponseMessage answer, Stream stream) : IAsyncDisposable
    {
        private readonly SseParser<string> _parser = SseParser.Create(stream);
        private IAsyncEnumerator<SseItem<string>>? _events;

        public HttpResponseMessage Answer => answer;

        public async Task<string> NextAsync()
        {
            _events ??= _parser.EnumerateAsync().GetAsyncEnumerator();
            try
            {
                return await _events.MoveNextAsync().AsTask().WaitAsync(GatewayApp.Patience) ? $"{_events.Current.EventId} {_events.Current.Data}" : "the end";
            }
            catch (HttpIOException)
            {
                return "the end";
            }
        }

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
