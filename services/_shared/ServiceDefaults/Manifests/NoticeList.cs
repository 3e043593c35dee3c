using System.Globalization;
using SmartCity.Contracts;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>Collects what is wrong with a manifest, each with the line where it stands.</summary>
internal sealed class NoticeList(Func<string, (int Line, int Column)> placeOf)
{
    private readonly List<Notice> _notices = [];

    public IReadOnlyList<Notice> Notices => _notices;

    /// <summary>Without those about a field whose form is wrong already: one fault is one line.</summary>
    public static IReadOnlyList<Notice> NotSaidYet(IReadOnlyList<Notice> rules, IEnumerable<Notice> form)
    {
        var said = form.Select(notice => notice.Field).ToHashSet(StringComparer.Ordinal);
        return [.. rules.Where(notice => !said.Contains(notice.Field))];
    }

    public void Must(bool holds, string code, string path, string? value, string what)
    {
        if (!holds)
        {
            Add(code, NoticeSeverity.Error, path, value, what);
        }
    }

    public void Warn(string code, string path, string what) => Add(code, NoticeSeverity.Warning, path, null, what);

    /// <summary>An id that is there twice would make one of the two silently vanish.</summary>
    public void Duplicates<T>(string path, IReadOnlyList<T> items, Func<T, string> idOf, string? field = null)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < items.Count; index++)
        {
            var id = idOf(items[index]);
            if (!first.TryAdd(id, index))
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]") + (field is null ? "" : "." + field);
                Add("twice", NoticeSeverity.Error, place, id, $"'{id}' is there twice, first in line {placeOf(string.Create(CultureInfo.InvariantCulture, $"{path}[{first[id]}]")).Line}");
            }
        }
    }

    private void Add(string code, NoticeSeverity severity, string path, string? value, string what)
    {
        var (line, column) = placeOf(path);
        _notices.Add(new Notice(code, severity, $"{path} {what}.") { Line = line, Column = column, Field = path, Value = value });
    }
}
