using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Registry.Planning;

/// <summary>Asks the services what they hold of a municipality, so that a plan can say what would be lost.</summary>
public sealed class Holdings(IHttpClientFactory clients, ILogger<Holdings> log)
{
    /// <summary>The services that keep data of towns.</summary>
    public static readonly IReadOnlyList<string> Services = [AppIds.Telemetry, AppIds.Alerts];

    private const string IsolationField = "isolation";

    public async Task<IReadOnlyList<Loss>> LossesOfAsync(Town before, IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken)
    {
        var gone = steps.Where(step => step.Operation == "-" ? step.Section is Sections.Own or Sections.Services or Sections.Devices : MovesDatabase(step)).ToList();
        var losses = new List<Loss>();
        foreach (var service in Services.Where(service => before.Offers(service) && gone.Exists(step => Concerns(step, service))))
        {
            var holdings = await AskAsync(service, before.Code, cancellationToken);
            foreach (var step in gone.Where(step => Concerns(step, service)))
            {
                losses.AddRange(LossesOf(step, service, holdings));
            }
        }

        return losses;
    }

    /// <summary>With another isolation the services look into another database; what they hold stays behind in the old one.</summary>
    private static bool MovesDatabase(PlanStep step)
        => step is { Operation: "~", Section: Sections.Own } && step.Fields.Any(field => field.Field == IsolationField);

    private static bool Concerns(PlanStep step, string service) => step.Section switch
    {
        Sections.Own => true,
        Sections.Services => step.Id == service,
        _ => service == AppIds.Telemetry,
    };

    private static IEnumerable<Loss> LossesOf(PlanStep step, string service, IReadOnlyList<Holding>? holdings)
    {
        if (holdings is null)
        {
            return [new Loss(step.Section, step.Id, null, $"data of {service}")];
        }

        var concerned = step.Section == Sections.Devices ? holdings.Where(holding => holding.Device == step.Id) : holdings;
        return concerned.GroupBy(holding => holding.What, StringComparer.Ordinal)
            .Select(group => new Loss(step.Section, step.Id, group.Sum(holding => holding.Count), group.Key))
            .Where(loss => loss.Count > 0);
    }

    private async Task<IReadOnlyList<Holding>?> AskAsync(string service, string municipality, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(service);
            return await client.GetFromJsonAsync<IReadOnlyList<Holding>>(new Uri($"internal/holdings/{municipality}", UriKind.Relative), CityJson.Options, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Not known is not nothing: the plan says so, and asks for allowDestroy.
            log.HoldingsNotKnown(exception, service, municipality);
            return null;
        }
    }
}
