using System.Text.RegularExpressions;
using SmartCity.Contracts;

namespace SmartCity.Architecture.Tests;

/// <summary>The house rules that a compiler does not check.</summary>
public static partial class Rules
{
    private const int MostLines = 300;

    private static readonly string[] TopicNames =
        [Topics.SensorThreshold, Topics.DeviceSilent, Topics.AlertIssued, Topics.AlertUpdated, Topics.AlertCancelled, Topics.ExchangeRecorded];

    public static TheoryData<Rule> All { get; } =
    [
        new("No file is longer than 300 lines",
            file => file.Lines > MostLines ? $"{file.Lines} lines: split it by reason to change" : null,
            new("services/x/Long.cs", new string('\n', MostLines + 1))),
        new("Service code is the same on both engines",
            file => IsShippedCode(file) && !IsEngine(file) && Conditional().IsMatch(file.Text) ? "#if: engine differences live in infra/engine" : null,
            new("services/x/Switch.cs", "#if EMBEDDED\n#endif\n")),
        new("Only infra/engine knows the embedded engine",
            file => IsShippedCode(file) && !IsEngine(file) && EmbeddedUse().IsMatch(file.Text) ? "uses SmartCity.Embedded: add the upstream member to the embedded engine instead" : null,
            new("services/x/Direct.cs", "using SmartCity.Embedded.Mqtt.Broker;\n")),
        new("A service knows no other service",
            ForeignService,
            new("services/alerts/Reach.cs", "using SmartCity.Telemetry.Storage;\n")),
        new("Topics are named in Contracts only",
            file => file.Path.EndsWith(".cs", StringComparison.Ordinal) && IsShippedCode(file) && file.Path != "services/_shared/Contracts/Topics.cs"
                ? Array.Find(TopicNames, topic => file.Text.Contains($"\"{topic}\"", StringComparison.Ordinal)) is { } topic ? $"spells the topic {topic}: use Topics" : null
                : null,
            new("services/x/Spelled.cs", $"publish(\"{Topics.SensorThreshold}\");\n")),
        new("Tests know instead of waiting",
            file => IsTest(file) && Sleep().Matches(file.Text).Any(wait => !IsEndless(wait.Value))
                ? "sleeps: wait for the thing itself"
                : null,
            new("tests/X.Tests/Sleepy.cs", "Thread" + ".Sleep(10);\n")),
        new("No exception is swallowed",
            file => !file.Path.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal) && EmptyCatch().IsMatch(file.Text) ? "an empty catch: say why, log it, or let it go up" : null,
            new("services/x/Quiet.cs", "try { } catch (Exception) { }\n")),
        new("Program.cs is a table of contents",
            file => file.Path.EndsWith("/Program.cs", StringComparison.Ordinal) && file.Lines > 40 ? $"{file.Lines} lines" : null,
            new("services/x/Program.cs", new string('\n', 41))),
    ];

    private static bool IsShippedCode(SourceFile file) => !file.Path.StartsWith("tests/", StringComparison.Ordinal);

    // The load program holds no tests: it paces what it sends.
    private static bool IsTest(SourceFile file)
        => !IsShippedCode(file) && !file.Path.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal) && !file.Path.StartsWith("tests/load/", StringComparison.Ordinal);

    private static bool IsEngine(SourceFile file)
        => file.Path.StartsWith("infra/engine/", StringComparison.Ordinal) || file.Path.StartsWith("infra/embedded/", StringComparison.Ordinal);

    private static string? ForeignService(SourceFile file)
    {
        if (file.Service is not { } own)
        {
            return null;
        }

        var foreign = AppIds.InPortOrder.FirstOrDefault(app => app != own
            && Regex.IsMatch(file.Text, $@"\bSmartCity\.{app}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)));
        return foreign is null ? null : $"uses {foreign}: call it through the sidecar, or share a contract";
    }

    [GeneratedRegex(@"^\s*#if\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Conditional();

    [GeneratedRegex(@"\bSmartCity\.Embedded\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EmbeddedUse();

    // A delay without end is a server that never answers, not a wait.
    private static bool IsEndless(string wait)
        => wait.StartsWith("Task.Delay(Timeout.Infinite", StringComparison.Ordinal) || wait.StartsWith("Task.Delay(-1", StringComparison.Ordinal);

    [GeneratedRegex(@"Thread\.Sleep|\bTask\.Delay\([^,)]*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*\{\s*\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EmptyCatch();
}
