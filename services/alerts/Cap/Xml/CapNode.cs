using System.Globalization;
using System.Text;

namespace SmartCity.Alerts.Cap.Xml;

/// <summary>One element with where it stands, so that every fault can be shown to whoever wrote it.</summary>
internal sealed class CapNode(string name, string place, int line)
{
    // What may stand more than once in its parent has a number in its place.
    private static readonly HashSet<string> Repeatable = new(StringComparer.Ordinal)
    {
        "code", "info", "category", "responseType", "eventCode", "parameter", "resource", "area", "polygon", "circle", "geocode",
    };

    private readonly List<CapNode> _children = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();

    public string Name { get; } = name;

    /// <summary>Such as <c>info[0].area[1].areaDesc</c>; empty for the root.</summary>
    public string Place { get; } = place;

    public int Line { get; } = line;

    /// <summary>All character data directly in it.</summary>
    public string Text => _text.ToString();

    public IReadOnlyList<CapNode> Children => _children;

    public CapNode Append(string child, int at)
    {
        var number = _counts.GetValueOrDefault(child);
        _counts[child] = number + 1;
        var own = Repeatable.Contains(child) ? string.Create(CultureInfo.InvariantCulture, $"{child}[{number}]") : child;
        var node = new CapNode(child, Place.Length == 0 ? own : $"{Place}.{own}", at);
        _children.Add(node);
        return node;
    }

    public void Append(string text) => _text.Append(text);

    public IEnumerable<CapNode> All(string child) => _children.Where(node => node.Name == child);
}
