using System.Globalization;
using System.Net;
using System.Text;
using SmartCity.Cli.Http;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Cli.Onboard;

/// <summary>Hands a manifest to the registry: faults first, then its files, then the plan or the change request.</summary>
internal sealed class Onboarding(Session session, Api api, ManifestFile manifest)
{
    private Town? _known;

    /// <summary>What the manifest would change. Nothing is in force, and nothing waits, because of it.</summary>
    public async Task<Plan> PlanAsync(CancellationToken cancellationToken)
    {
        _known = manifest.Code.Length == 0 ? null : await KnownAsync(cancellationToken);
        var notices = manifest.Check(_known, session.Words);
        if (notices.Any(notice => notice.Severity == NoticeSeverity.Error))
        {
            throw new ApiRefusal(0, "manifest-refused", session.Words["manifest.faults", manifest.Path], null, notices, null);
        }

        await HandInFilesAsync(cancellationToken);
        var (_, text) = await PutAsync("dryRun=true", cancellationToken);
        return Relocated(Api.Read<Plan>(text));
    }

    /// <summary>Files the change; null where there is nothing to change.</summary>
    public async Task<ChangeView?> FileAsync(bool allowDestroy, CancellationToken cancellationToken)
    {
        var (status, text) = await PutAsync(allowDestroy ? "allowDestroy=true" : "allowDestroy=false", cancellationToken);
        return status == HttpStatusCode.Accepted ? Api.Read<ChangeView>(text) : null;
    }

    private async Task<Town?> KnownAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetAsync<Town>(Path("manifest"), cancellationToken);
        }
        catch (ApiRefusal refusal) when (refusal.Code is "unknown-municipality" or "code-invalid")
        {
            // Not onboarded yet; a wrong code is among the faults that the manifest's own check names.
            return null;
        }
    }

    // Files are stored by what they hold, so handing one in for a plan changes nothing that anybody sees.
    private async Task HandInFilesAsync(CancellationToken cancellationToken)
    {
        foreach (var file in manifest.Named.Where(file => file.Content is not null && _known?.Files.Values.Contains(file.Sha256, StringComparer.Ordinal) != true))
        {
            var (status, _) = await api.CallAsync(HttpMethod.Put, Path("files/" + file.Sha256), () => new ByteArrayContent(file.Content!), isRepeatable: true, cancellationToken);
            if (status == HttpStatusCode.Created)
            {
                session.Terminal.Say($"[grey]{Terminal.Text(session.Words["plan.handedIn", file.Name, file.Content!.Length.ToString("N0", CultureInfo.InvariantCulture)])}[/]");
            }
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> PutAsync(string query, CancellationToken cancellationToken)
    {
        var json = manifest.ToJson(_known);
        try
        {
            return await api.CallAsync(HttpMethod.Put, Path("manifest?" + query), () => new StringContent(json, Encoding.UTF8, "application/json"), isRepeatable: true, cancellationToken);
        }
        catch (ApiRefusal refusal) when (refusal.Notices.Count > 0)
        {
            throw refusal.With(manifest.Relocate(refusal.Notices));
        }
    }

    private Plan Relocated(Plan plan) => plan with { Warnings = manifest.Relocate(plan.Warnings) };

    private string Path(string rest) => $"api/registry/municipalities/{Uri.EscapeDataString(manifest.Code)}/{rest}";
}
