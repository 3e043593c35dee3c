using System.Globalization;
using SmartCity.Alerts.Cap.Rules;

namespace SmartCity.Alerts.Cap.Xml;

/// <summary>Reads the children of one element and names what is not as the schema has it.</summary>
internal sealed class CapFields
{
    private readonly CapNode _node;
    private readonly CapNotices _notices;

    /// <param name="order">Every child that the schema knows, in its order.</param>
    public CapFields(CapNode node, CapNotices notices, string[] order)
    {
        _node = node;
        _notices = notices;
        var latest = 0;
        foreach (var child in node.Children)
        {
            var index = Array.IndexOf(order, child.Name);
            if (index < 0)
            {
                notices.Error("element-unknown", child.Place, null, $"CAP 1.2 has no element '{child.Name}' here. It may have {string.Join(", ", order)}.");
            }
            else if (index < latest)
            {
                notices.Warn("element-order", child.Place, null, $"'{child.Name}' stands behind '{order[latest]}'; the schema has it before. It is read all the same.");
            }

            latest = Math.Max(latest, index);
        }

        if (node.Children.Count > 0 && !string.IsNullOrWhiteSpace(node.Text))
        {
            notices.Warn("text-foreign", node.Place, node.Text.Trim(), "Text stands between elements, where CAP has none. It is not read.");
        }
    }

    public string Place(string name) => _node.Place.Length == 0 ? name : $"{_node.Place}.{name}";

    /// <summary>The text of a child that stands at most once; null where it is not there or empty.</summary>
    public string? Text(string name)
    {
        var child = Once(name);
        var text = child?.Text;
        if (child is not null && string.IsNullOrWhiteSpace(text))
        {
            _notices.Warn("empty-text", child.Place, null, $"'{name}' is empty: leave it out.");
            return null;
        }

        return text;
    }

    /// <summary>A text that must be there; an empty string stands for one that is not, of which the notices tell.</summary>
    public string Required(string name)
    {
        var child = Once(name);
        if (child is null || string.IsNullOrWhiteSpace(child.Text))
        {
            _notices.Error(child is null ? "element-missing" : "empty-text", Place(name), null, $"'{name}' is required{(child is null ? " and not there" : " and empty")}.");
            return "";
        }

        return child.Text;
    }

    /// <summary>A code value that must be there.</summary>
    public T Code<T>(string name)
        where T : struct, Enum
    {
        var text = Required(name);
        return text.Length > 0 && CodeOf<T>(text, Place(name)) is { } value ? value : default;
    }

    public IReadOnlyList<T> Codes<T>(string name)
        where T : struct, Enum
        => [.. _node.All(name).Select(child => CodeOf<T>(child.Text, child.Place)).OfType<T>()];

    public DateTimeOffset? Time(string name)
        => Text(name) is { } text ? CapForm.Time(text, Place(name), _notices) : null;

    public decimal? Decimal(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _notices.Error("number-unreadable", Place(name), text, $"'{name}' must be a number, such as 1200.5.");
        return null;
    }

    public long? Integer(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        _notices.Error("number-unreadable", Place(name), text, $"'{name}' must be a whole number.");
        return null;
    }

    public IReadOnlyList<string> Texts(string name)
        => [.. _node.All(name).Select(child => child.Text).Where(text => !string.IsNullOrWhiteSpace(text))];

    public IReadOnlyList<CapNode> All(string name) => [.. _node.All(name)];

    public IReadOnlyList<CapValue> Values(string name) =>
    [
        .. _node.All(name).Select(child =>
        {
            var fields = new CapFields(child, _notices, ["valueName", "value"]);
            var valueName = fields.Required("valueName");
            // An empty value is a value: some senders list every parameter that they know.
            var value = fields.Once("value");
            if (value is null)
            {
                _notices.Error("element-missing", fields.Place("value"), null, "'value' is required and not there.");
            }
            else if (string.IsNullOrWhiteSpace(value.Text))
            {
                _notices.Warn("empty-text", value.Place, null, $"The value of '{valueName}' is empty.");
            }

            return new CapValue(valueName, value?.Text ?? "");
        }),
    ];

    private CapNode? Once(string name)
    {
        var found = _node.All(name).Take(2).ToArray();
        if (found.Length > 1)
        {
            _notices.Error("element-repeated", found[0].Place, null, $"'{name}' stands here more than once; one is allowed.");
        }

        return found.FirstOrDefault();
    }

    private T? CodeOf<T>(string text, string place)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        if (names.Contains(text.Trim(), StringComparer.Ordinal))
        {
            return Enum.Parse<T>(text.Trim());
        }

        _notices.Error("code-unknown", place, text, $"This must be one of {string.Join(", ", names)}, spelled so.");
        return null;
    }
}
