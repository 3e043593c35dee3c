using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SmartCity.Cli.Http;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts.Views;
using Spectre.Console;

namespace SmartCity.Cli.Replay.Earthquake;

/// <summary><c>smartcity replay earthquake</c>: the bulletins of a real evening, handed in in their rhythm.</summary>
internal static class EarthquakeReplay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create(CommandFactory factory)
    {
        var words = factory.Words;
        var town = new Argument<string>("CODE") { Description = words["argument.code"] };
        var speed = new Option<double>("--speed") { Description = words["option.replaySpeed"], DefaultValueFactory = _ => 1 };
        var begin = new Option<DateTimeOffset?>("--begin") { Description = words["option.sequenceBegin"] };
        var here = new Option<string?>("--here") { Description = words["option.here"] };
        var actual = new Option<bool>("--actual") { Description = words["option.actual"] };
        var mean = new Option<string?>("--yes-i-mean") { Description = words["option.yesIMean"] };
        return factory.Create("earthquake", "replay.earthquake", [town, speed, begin, here, actual, mean], (session, cancellation) => RunAsync(
            session, session.Get(town), session.Get(speed), session.Get(begin), session.Get(here), session.Get(actual), session.Get(mean), cancellation));
    }

    private static async Task<int> RunAsync(
        Session session, string town, double speed, DateTimeOffset? given, string? here, bool actual, string? mean, CancellationToken cancellationToken)
    {
        var (terminal, words, clock) = (session.Terminal, session.Words, session.Surroundings.Clock);
        if (!(speed > 0 && double.IsFinite(speed)) || town.Length != 6)
        {
            throw new CommandException(ExitCodes.Usage, words["replay.sequence.options"]);
        }

        using var api = await session.ConnectAsync(cancellationToken);
        await Installation.RequireAsync(session, api, town, mean, cancellationToken);
        if (actual && !await Installation.IsDevelopmentAsync(api, cancellationToken))
        {
            throw new CommandException(ExitCodes.Usage, words["replay.actualElsewhere"]);
        }

        var begin = given ?? clock.GetUtcNow();
        var xml = new EarthquakeXml(begin, actual, here is null ? null : new Shaking(town[..2], words["replay.here"], here, words["replay.here"], "4", (town[..5] + "00", words["replay.here"])));
        terminal.Say(Terminal.Text(words["replay.sequence.start", BungoChannel.Steps.Count, words[actual ? "replay.status.actual" : "replay.status.exercise"], begin.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)]));
        var results = new List<SequenceResult>();
        await using (var stream = await ResidentStream.OpenAsync(api, town, clock, cancellationToken))
        {
            foreach (var step in BungoChannel.Steps)
            {
                var due = begin.AddSeconds(step.AfterSeconds / speed);
                if (due - clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, clock, cancellationToken);
                }

                results.Add(await PostAsync(api, town, xml, step, due, stream, clock, cancellationToken));
                terminal.Say(Terminal.Text(words["replay.sequence.sent", results.Count, BungoChannel.Steps.Count, words[$"replay.kind.{step.Kind}"], step.Serial, results[^1].Outcome]));
            }
        }

        Print(session, results);
        return ExitCodes.Done;
    }

    private static async Task<SequenceResult> PostAsync(
        Api api, string town, EarthquakeXml xml, SequenceStep step, DateTimeOffset due, ResidentStream stream, TimeProvider clock, CancellationToken cancellationToken)
    {
        var content = Encoding.UTF8.GetBytes(xml.Write(step, due));
        var sent = clock.GetUtcNow();
        var (_, text) = await api.CallAsync(HttpMethod.Post, $"api/{town}/alerts/jma", () => new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } },
            isRepeatable: true, cancellationToken);
        var answered = clock.GetUtcNow();
        var answer = JsonNode.Parse(text)!;
        var outcome = (string)answer["outcome"]!;
        var isNew = outcome == "Published" && !(bool)answer["isRepeated"]!;
        var arrived = isNew ? await stream.ArrivalOfAsync((string)answer["id"]!, Patience, cancellationToken) : null;
        return new SequenceResult(step, due, outcome, (bool)answer["isRepeated"]!, (answered - sent).TotalMilliseconds, arrived is { } at ? (at - sent).TotalMilliseconds : null, isNew);
    }

    private static void Print(Session session, List<SequenceResult> results)
    {
        var (terminal, words) = (session.Terminal, session.Words);
        var published = DeliveryTimes.Of(results.Where(result => result.ResidentMilliseconds is not null).Select(result => result.ResidentMilliseconds!.Value));
        if (session.Json)
        {
            terminal.Json(new
            {
                steps = results.Select(result => new
                {
                    kind = result.Step.Kind,
                    result.Step.Serial,
                    result.Step.IsReconstructed,
                    sentAt = result.Due,
                    result.Outcome,
                    result.IsRepeated,
                    result.AnswerMilliseconds,
                    result.ResidentMilliseconds,
                }),
                residents = published,
            });
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var head in (string[])["what", "serial", "source", "outcome", "answer", "residents"])
        {
            table.AddColumn(Terminal.Text(words[$"replay.column.{head}"]));
        }

        foreach (var result in results)
        {
            table.AddRow(
                Terminal.Text(words[$"replay.kind.{result.Step.Kind}"]), result.Step.Serial.ToString(CultureInfo.InvariantCulture), Terminal.Text(words[result.Step.IsReconstructed ? "replay.reconstructed" : "replay.public"]),
                Terminal.Text(result.IsRepeated ? words["replay.repeated"] : result.Outcome), Milliseconds(result.AnswerMilliseconds), result.IsPublished ? Milliseconds(result.ResidentMilliseconds) : "–");
        }

        terminal.Table(table);
        terminal.Line(Terminal.Text(published is { } times
            ? words["replay.sequence.times", Math.Round(times.P50Milliseconds), Math.Round(times.P99Milliseconds), results.Count(result => result.ResidentMilliseconds is not null)]
            : words["replay.sequence.nothing"]));
    }

    private static string Milliseconds(double? time) => time is { } known ? known.ToString("0", CultureInfo.InvariantCulture) + " ms" : "?";

    /// <param name="ResidentMilliseconds">From sending until an open page had it; null where it did not come within 5 s, or nothing was published.</param>
    private sealed record SequenceResult(
        SequenceStep Step, DateTimeOffset Due, string Outcome, bool IsRepeated, double AnswerMilliseconds, double? ResidentMilliseconds, bool IsPublished);
}
