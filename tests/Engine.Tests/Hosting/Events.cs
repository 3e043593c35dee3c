using System.Collections.Concurrent;
using System.Threading.Channels;
using Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SmartCity.Engine.Tests.Hosting;

/// <summary>An event of the tests.</summary>
/// <param name="Run">Which test it belongs to.</param>
/// <param name="Number">Its place in the order of publishing.</param>
public sealed record Numbered(string Run, int Number);

/// <summary>The app's subscriptions.</summary>
public sealed class Events
{
    public const string Ordered = "engine.ordered";
    public const string Failing = "engine.failing";
    public const string Dropped = "engine.dropped";
    public const string Dead = "engine.dead";

    private readonly ConcurrentDictionary<string, Channel<Numbered>> _received = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Numbered, int> _attempts = new();

    /// <summary>What a test's events led to, in the order of their handling.</summary>
    public ChannelReader<Numbered> Of(string run) => ChannelOf(run).Reader;

    public int AttemptsAt(Numbered numbered) => _attempts.GetValueOrDefault(numbered);

    public void Map(WebApplication app)
    {
        app.MapPost("/ordered", Take).WithTopic("pubsub", Ordered);
        app.MapPost("/failing", FailOnce).WithTopic("pubsub", Failing);
        app.MapPost("/dropped", () => Results.Json(new { status = "DROP" }))
            .WithTopic(new TopicOptions { PubsubName = "pubsub", Name = Dropped, DeadLetterTopic = Dead });
        app.MapPost("/dead", Take).WithTopic("pubsub", Dead);
    }

    private async Task<IResult> Take(Numbered numbered)
    {
        await ChannelOf(numbered.Run).Writer.WriteAsync(numbered);
        return Results.Ok();
    }

    private async Task<IResult> FailOnce(Numbered numbered)
        => _attempts.AddOrUpdate(numbered, 1, (_, attempts) => attempts + 1) == 1 ? Results.StatusCode(StatusCodes.Status500InternalServerError) : await Take(numbered);

    private Channel<Numbered> ChannelOf(string run) => _received.GetOrAdd(run, _ => Channel.CreateUnbounded<Numbered>());
}
