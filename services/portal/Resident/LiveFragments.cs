using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Options;
using SmartCity.Contracts.Towns;
using SmartCity.Portal.Languages;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Portal.Resident;

/// <summary>The live parts of a town's page in one language, made once for all who ask at the same time.</summary>
public sealed class LiveFragments(
    ResidentViews views, VisitFactory visits, ITownDirectory towns, IServiceScopeFactory scopes, ILoggerFactory loggers, IOptions<LiveOptions> options, TimeProvider clock)
{
    private readonly NextFlight<(string Municipality, string Language), ReadOnlyMemory<byte>> _flights
        = new(TimeSpan.FromMilliseconds(options.Value.RenderingPauseMilliseconds), clock);

    /// <summary>HTML in UTF-8, of what was known when it was asked for, or later.</summary>
    public Task<ReadOnlyMemory<byte>> GetAsync(Town town, Language language, CancellationToken cancellationToken)
        => _flights.GetAsync((town.Code, language.Code), () => RenderAsync(town, language)).WaitAsync(cancellationToken);

    // No caller's cancellation: others wait for the same.
    private async Task<ReadOnlyMemory<byte>> RenderAsync(Town asked, Language language)
    {
        // The town may have changed since the first of those who wait asked.
        var town = towns.TryGet(asked.Code, out var current) ? current : asked;
        var visit = visits.Of(language);
        var view = await views.GatherAsync(town, visit, CancellationToken.None);
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(LiveFragment.Visit)] = visit, [nameof(LiveFragment.View)] = view });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            Encoding.UTF8.GetBytes((await renderer.RenderComponentAsync<LiveFragment>(parameters)).ToHtmlString()));
    }
}
