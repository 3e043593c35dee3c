using System.Text;
using SmartCity.Cli.Output;
using SmartCity.Cli.Startup;
using SmartCity.ServiceDefaults.Manifests;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Cli.Onboard;

/// <summary><c>onboard new CODE</c>: a manifest to fill in, with what a list of municipalities knows already.</summary>
internal static class Starter
{
    private const string DefaultName = "municipality.yaml";

    public static async Task<int> WriteAsync(Session session, string code, string? file, string? lookup, CancellationToken cancellationToken)
    {
        var words = session.Words;
        if (!MunicipalityCode.IsValid(code))
        {
            throw new CommandException(ExitCodes.Usage, words["new.code", code]);
        }

        var path = file ?? DefaultName;
        if (File.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, words["new.exists", path]);
        }

        var known = lookup is null ? null : CodeList.Find(lookup, code) ?? throw new CommandException(ExitCodes.Usage, words["new.unknown", code, lookup]);
        // The manifest's first line names it: editors complete from the first moment.
        var schema = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Export.SchemaName);
        await File.WriteAllTextAsync(schema, MunicipalitySchema.Text, cancellationToken);
        await File.WriteAllTextAsync(path, Fill(code, known), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        session.Terminal.Say(Terminal.Text(words[known is null ? "new.writtenBare" : "new.written", path]));
        return ExitCodes.Done;
    }

    private static string Fill(string code, CodeList.Entry? known)
    {
        using var reader = new StreamReader(typeof(Starter).Assembly.GetManifestResourceStream("SmartCity.Cli.starter.yaml")!);
        var name = known is null ? "{ ja: , ja-Hira: , en: }"
            : $"{{ ja: {Quote(known.Name)}{(known.Kana.Length == 0 ? "" : $", ja-Hira: {Quote(known.Kana)}")} }}";
        return reader.ReadToEnd()
            .Replace("{municipality}", known?.Name ?? code, StringComparison.Ordinal)
            .Replace("{code}", code, StringComparison.Ordinal)
            .Replace("{name}", name, StringComparison.Ordinal)
            .Replace("{latitude}", known?.Latitude ?? "", StringComparison.Ordinal)
            .Replace("{longitude}", known?.Longitude ?? "", StringComparison.Ordinal);
    }

    private static string Quote(string text)
        => '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
