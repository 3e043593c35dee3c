using System.Text.Json;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;

namespace SmartCity.Cli.Onboard;

/// <summary><c>onboard plan FILE</c></summary>
internal static class PlanCommand
{
    public static async Task<int> RunAsync(Session session, string file, string? planFile, CancellationToken cancellationToken)
    {
        var manifest = await ManifestFile.ReadAsync(session, file, cancellationToken);
        using var api = await session.ConnectAsync(cancellationToken);
        var plan = await new Onboarding(session, api, manifest).PlanAsync(cancellationToken);
        PlanPrinter.Print(session.Terminal, session.Words, plan);
        if (session.Json)
        {
            session.Terminal.Json(plan);
        }

        if (planFile is not null)
        {
            await File.WriteAllTextAsync(planFile, JsonSerializer.Serialize(plan, CityJson.Options) + "\n", cancellationToken);
            session.Terminal.Say(Terminal.Text(session.Words["plan.written", planFile]));
        }

        if (plan.Steps.Count > 0)
        {
            session.Terminal.Say(Terminal.Text(session.Words["plan.next", file]));
        }

        return ExitCodes.Done;
    }
}
