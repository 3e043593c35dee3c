using System.Collections.Frozen;
using System.Reflection;
using SmartCity.Contracts;

namespace SmartCity.Transit.Gtfs.Notices;

/// <summary>A kind of finding.</summary>
/// <param name="Refuses">
/// Whether a dataset with it is not taken. An error that hurts no rider (a malformed URL, a colour, an attribution) is reported
/// and the field left out; one that would make times, stops or trips wrong refuses the whole dataset.
/// </param>
internal sealed record NoticeCode(string Code, NoticeSeverity Severity, bool Refuses);

/// <summary>Every code with its severity, from <c>notices.txt</c> beside this file.</summary>
internal static class NoticeCodes
{
    public static FrozenDictionary<string, NoticeCode> All { get; } = Load();

    /// <exception cref="ArgumentException">No such code: a fault in the program.</exception>
    public static NoticeCode Of(string code)
        => All.TryGetValue(code, out var known) ? known : throw new ArgumentException($"'{code}' is not in notices.txt.", nameof(code));

    private static FrozenDictionary<string, NoticeCode> Load()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("SmartCity.Transit.Gtfs.notices.txt")
            ?? throw new InvalidOperationException("The list of notices is not part of the program."));
        var codes = new List<NoticeCode>();
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && words[0][0] != '#')
            {
                codes.Add(new NoticeCode(words[1], words[0] == "refuse" ? NoticeSeverity.Error : Enum.Parse<NoticeSeverity>(words[0], ignoreCase: true), words[0] == "refuse"));
            }
        }

        return codes.ToFrozenDictionary(code => code.Code, StringComparer.Ordinal);
    }
}
