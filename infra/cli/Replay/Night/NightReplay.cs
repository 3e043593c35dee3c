using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SmartCity.Cli.Http;
using SmartCity.Cli.Output;
using SmartCity.Cli.Recordings;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Replay.Night;

/// <summary><c>smartcity replay night FILE</c>: a recorded flood, and a town hall and people who do what they would do in it.</summary>
internal static class NightReplay
{
    private const int MostShelters = 20;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestNight = TimeSpan.FromHours(1);

    public static Command Create(CommandFactory factory)
    {
        var words = factory.Words;
        var file = new Argument<string>("FILE") { Description = words["argument.recording"] };
        var broker = new Option<string>("--to") { Description = words["option.broker"], DefaultValueFactory = _ => "mqtt://127.0.0.1:1883" };
        var keys = new Option<string>("--key-file") { Description = words["option.keyFile"], Required = true };
        var municipality = new Option<string>("--municipality") { Description = words["option.recordedTown"], DefaultValueFactory = _ => "162043" };
        var speed = new Option<double>("--speed") { Description = words["option.speed"], DefaultValueFactory = _ => 360 };
        var begin = new Option<DateTimeOffset?>("--begin") { Description = words["option.begin"] };
        var reports = new Option<int>("--reports") { Description = words["option.nightReports"], DefaultValueFactory = _ => 40 };
        var calls = new Option<int>("--calls") { Description = words["option.nightCalls"], DefaultValueFactory = _ => 5 };
        var shelters = new Option<int>("--shelters") { Description = words["option.nightShelters"], DefaultValueFactory = _ => 3 };
        return factory.Create("night", "replay.night", [file, broker, keys, municipality, speed, begin, reports, calls, shelters], (session, cancellation) => RunAsync(
            session, session.Get(file), new ReplayOrder(session.Get(broker)!, session.Get(keys)!, session.Get(municipality), session.Get(speed), "now", session.Get(begin), 0),
            session.Get(reports), session.Get(calls), session.Get(shelters), cancellation));
    }

    private static async Task<int> RunAsync(Session session, string file, ReplayOrder order, int reports, int calls, int shelters, CancellationToken cancellationToken)
    {
        var (terminal, words, clock) = (session.Terminal, session.Words, session.Surroundings.Clock);
        var town = order.Municipality!;
        if (!(order.Speed > 0 && double.IsFinite(order.Speed)) || reports is < 0 or > NightPlan.MostReports || calls < 0 || calls > reports || shelters is < 0 or > MostShelters
            || !Uri.TryCreate(order.Broker, UriKind.Absolute, out var broker))
        {
            throw new CommandException(ExitCodes.Usage, words["replay.night.options", NightPlan.MostReports, MostShelters]);
        }

        using var api = await session.ConnectAsync(cancellationToken);
        if (!await Installation.IsDevelopmentAsync(api, cancellationToken))
        {
            throw new CommandException(ExitCodes.Usage, words["replay.night.notDevelopment", api.Gateway]);
        }

        var readings = await Recording.ReadAsync(session, file, cancellationToken);
        var lasts = (readings[^1].At - readings[0].At) / order.Speed;
        if (lasts > LongestNight)
        {
            throw new CommandException(ExitCodes.Usage, words["replay.night.tooLong", Math.Ceiling(lasts.TotalMinutes), LongestNight.TotalMinutes]);
        }

        var messages = ReplayPlan.Of(readings, await DeviceKeys.ReadAsync(session, order.KeyFile, cancellationToken), order, session);
        var begin = order.BeginOf(readings, clock.GetUtcNow());
        terminal.Say(Terminal.Text(words["replay.night.start", messages.Count, Math.Ceiling(lasts.TotalSeconds), begin.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)]));
        var hall = new NightTown(session, api, town, begin, readings.Select(reading => reading.Device).ToHashSet(StringComparer.Ordinal), shelters);
        try
        {
            await using var publisher = new ReplayPublisher(session, broker, order, begin);
            var sending = publisher.SendAsync(messages, readings[0].At, cancellationToken);
            await LiveThroughAsync(hall, sending, NightPlan.Of(town, begin, reports, calls), begin, lasts, clock, cancellationToken);
            await sending;
        }
        finally
        {
            // Also of a night that was broken off: level 5 must not stay.
            await hall.EndAsync(CancellationToken.None);
        }

        await SummarizeAsync(session, api, town, hall, begin, cancellationToken);
        return ExitCodes.Done;
    }

    private static async Task LiveThroughAsync(
        NightTown hall, Task sending, IReadOnlyList<NightReport> reports, DateTimeOffset begin, TimeSpan lasts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var next = 0;
        do
        {
            await hall.LookAsync(cancellationToken);
            // Nobody can report before something is out, so what came due earlier is told then.
            while (hall.Levels.Any(level => level >= 3) && next < reports.Count && clock.GetUtcNow() >= begin + (lasts * reports[next].Share))
            {
                await hall.ReportAsync(reports[next++], cancellationToken);
            }

            await Task.WhenAny(sending, Task.Delay(Look, clock, cancellationToken));
        }
        while (!sending.IsCompleted);

        await hall.LookAsync(cancellationToken);
    }

    private static async Task SummarizeAsync(Session session, Api api, string town, NightTown hall, DateTimeOffset begin, CancellationToken cancellationToken)
    {
        var (terminal, words, clock) = (session.Terminal, session.Words, session.Surroundings.Clock);
        static string Time(DateTimeOffset time) => Uri.EscapeDataString(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        var span = $"reports/span?from={Time(begin)}&to={Time(clock.GetUtcNow())}";
        var report = JsonNode.Parse(await api.GetTextAsync($"api/{town}/alerts/{span}", "application/json", cancellationToken))!;
        var address = new Uri(api.Gateway, $"{town}/staff/{span}").AbsoluteUri;
        if (session.Json)
        {
            terminal.Json(new { begin, levels = hall.Levels, hall.Approved, hall.Reported, shelters = hall.ShelterCount, report = address, summary = report["summary"], improvements = report["improvements"] });
            return;
        }

        terminal.Line(Terminal.Text(words["replay.night.done", string.Join(" → ", hall.Levels), hall.Approved, hall.ShelterCount, hall.Reported]));
        foreach (var finding in (report["summary"] as JsonArray ?? []).Concat(report["improvements"] as JsonArray ?? []))
        {
            terminal.Line("· " + Terminal.Text((string?)finding?["text"]?[words.Language]));
        }

        terminal.Line(Terminal.Text(words["replay.night.report", address]));
    }
}
