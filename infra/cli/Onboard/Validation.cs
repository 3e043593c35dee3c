using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Manifests;

namespace SmartCity.Cli.Onboard;

/// <summary><c>onboard validate FILE</c> and <c>onboard schema</c>: without any gateway.</summary>
internal static class Validation
{
    public static async Task<int> RunAsync(Session session, string file, CancellationToken cancellationToken)
    {
        var manifest = await ManifestFile.ReadAsync(session, file, cancellationToken);
        var notices = manifest.Check(known: null, session.Words).OrderBy(notice => notice.Line).ThenBy(notice => notice.Column).ToList();
        var errors = notices.Count(notice => notice.Severity == NoticeSeverity.Error);
        foreach (var notice in notices)
        {
            session.Terminal.Line(NoticeTable.Line(file, notice, session.Words));
        }

        if (session.Json)
        {
            session.Terminal.Json(new { valid = errors == 0, notices });
        }

        session.Terminal.Say(Terminal.Text(session.Words[errors == 0 ? "validate.good" : "validate.bad", file, session.Words.Count("faults", errors), session.Words.Count("warnings", notices.Count - errors)]));
        return errors == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }

    public static async Task<int> WriteSchemaAsync(Session session, string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            session.Terminal.Raw(MunicipalitySchema.Text);
        }
        else
        {
            await File.WriteAllTextAsync(file, MunicipalitySchema.Text, cancellationToken);
            session.Terminal.Say(Terminal.Text(session.Words["schema.written", file]));
        }

        return ExitCodes.Done;
    }
}
