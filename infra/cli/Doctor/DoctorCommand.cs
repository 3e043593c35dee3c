using System.CommandLine;
using SmartCity.Cli.Http;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;

namespace SmartCity.Cli.Doctor;

/// <summary><c>smartcity doctor</c>: looks at everything the other commands need, and says what to do where it fails.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandFactory factory)
    {
        var keys = new Option<string?>("--keys") { Description = factory.Words["option.logKeys"] };
        return factory.Create("doctor", "doctor", [keys], (session, cancellation) => RunAsync(session, session.Get(keys), cancellation));
    }

    private static async Task<int> RunAsync(Session session, string? keysFile, CancellationToken cancellationToken)
    {
        using var api = new Api(session.Gateway, session);
        var findings = new List<Finding>();
        if (await GatewayChecks.RunAsync(session, api, findings, cancellationToken))
        {
            await SchemaCheck.RunAsync(session, api, findings, cancellationToken);
            await TokenCheck.RunAsync(session, api, findings, cancellationToken);
            await LogCheck.RunAsync(session, api, keysFile, findings, cancellationToken);
        }

        foreach (var finding in findings)
        {
            Print(session, finding);
        }

        if (session.Json)
        {
            session.Terminal.Json(findings);
        }

        return findings.Exists(finding => finding.Check == "gateway" && finding.State == FindingState.Bad) ? ExitCodes.Unreachable
            : findings.Exists(finding => finding.State == FindingState.Bad) ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static void Print(Session session, Finding finding)
    {
        var (colour, word) = finding.State switch
        {
            FindingState.Good => ("green", "doctor.good"),
            FindingState.Unsure => ("yellow", "doctor.unsure"),
            _ => ("red", "doctor.bad"),
        };
        session.Terminal.Line($"[{colour}]{Terminal.Text(session.Words[word])}[/] {Terminal.Text(finding.What)}");
        if (finding.Do is { } step)
        {
            session.Terminal.Line("      " + Terminal.Text(step));
        }
    }
}

/// <summary>What a check found.</summary>
/// <param name="What">In plain words.</param>
/// <param name="Do">What to do about it, or null.</param>
internal sealed record Finding(string Check, FindingState State, string What, string? Do = null);

internal enum FindingState
{
    Good,
    Unsure,
    Bad,
}
