using System.CommandLine;
using SmartCity.Cli.Output;
using SmartCity.Cli.Recordings;
using SmartCity.Cli.Replay.Earthquake;
using SmartCity.Cli.Replay.Night;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Replay;

/// <summary><c>smartcity replay FILE</c>: publishes a recording as the devices in it.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommandFactory factory)
    {
        var words = factory.Words;
        var file = new Argument<string>("FILE") { Description = words["argument.recording"] };
        var broker = new Option<string>("--to") { Description = words["option.broker"], DefaultValueFactory = _ => "mqtt://127.0.0.1:1883" };
        var keys = new Option<string>("--key-file") { Description = words["option.keyFile"], Required = true };
        var municipality = new Option<string?>("--municipality") { Description = words["option.recordedTown"] };
        var speed = new Option<double>("--speed") { Description = words["option.speed"], DefaultValueFactory = _ => 1 };
        var shift = new Option<string>("--shift") { Description = words["option.shift"], DefaultValueFactory = _ => "now" };
        shift.AcceptOnlyFromAmong("now", "last", "none");
        var begin = new Option<DateTimeOffset?>("--begin") { Description = words["option.begin"] };
        var skip = new Option<int>("--skip") { Description = words["option.skip"] };

        var command = factory.Create("replay", "replay", [file, broker, keys, municipality, speed, shift, begin, skip], (session, cancellation) => RunAsync(
            session,
            session.Get(file),
            new ReplayOrder(session.Get(broker)!, session.Get(keys)!, session.Get(municipality), session.Get(speed), session.Get(shift)!, session.Get(begin), session.Get(skip)),
            cancellation));
        command.Subcommands.Add(EarthquakeReplay.Create(factory));
        command.Subcommands.Add(NightReplay.Create(factory));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string file, ReplayOrder order, CancellationToken cancellationToken)
    {
        var (terminal, words) = (session.Terminal, session.Words);
        if (!Uri.TryCreate(order.Broker, UriKind.Absolute, out var address) || address.Scheme is not ("mqtt" or "mqtts") || address.Host.Length == 0)
        {
            throw new CommandException(ExitCodes.Usage, words["replay.broker", order.Broker]);
        }

        if (!(order.Speed > 0 && double.IsFinite(order.Speed)) || order.Skip < 0)
        {
            throw new CommandException(ExitCodes.Usage, words["replay.speed"]);
        }

        var readings = await Recording.ReadAsync(session, file, cancellationToken);
        var keys = await DeviceKeys.ReadAsync(session, order.KeyFile, cancellationToken);
        var messages = ReplayPlan.Of(readings, keys, order, session);
        var begin = order.BeginOf(readings, session.Surroundings.Clock.GetUtcNow());
        terminal.Say(Terminal.Text(words["replay.start", messages.Count, readings.Select(reading => reading.Device).Distinct(StringComparer.Ordinal).Count(), order.Broker]));
        terminal.Say(Terminal.Text(words["replay.resume", begin.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)]));
        await using var publisher = new ReplayPublisher(session, address, order, begin);
        var sent = await publisher.SendAsync(messages, readings[0].At, cancellationToken);
        if (session.Json)
        {
            terminal.Json(new { messages = sent, skipped = order.Skip, begin });
        }

        terminal.Say(Terminal.Text(words["replay.done", sent, order.Skip]));
        return ExitCodes.Done;
    }
}
