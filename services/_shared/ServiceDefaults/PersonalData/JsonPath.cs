using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Where a JSON reader stands: <c>$.info[0].headline</c>. A property name that is itself a number to refuse is never repeated.</summary>
internal sealed class JsonPath
{
    private const string Withheld = "(a property name)";

    private readonly List<Level> _levels = [];

    /// <summary>Whether the property just entered has a name that may not be repeated.</summary>
    public bool IsWithheld => _levels.Count > 0 && _levels[^1].Name == Withheld;

    public void Follow(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                var name = TextOf(ref reader);
                _levels[^1].Name = MyNumber.IsIn(name) ? Withheld : name;
                return;
            case JsonTokenType.StartObject:
                Enter();
                _levels.Add(new Level());
                return;
            case JsonTokenType.StartArray:
                Enter();
                _levels.Add(new Level { Index = -1 });
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _levels.RemoveAt(_levels.Count - 1);
                return;
            case JsonTokenType.Comment:
                return;
            default:
                Enter();
                return;
        }
    }

    public override string ToString()
    {
        var path = new StringBuilder("$");
        foreach (var level in _levels)
        {
            if (level.Index is { } index)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else if (level.Name is { } name)
            {
                path.Append('.').Append(name);
            }
        }

        return path.ToString();
    }

    /// <summary>A name, string or comment as text; half of a surrogate pair, which no text can hold, becomes U+FFFD.</summary>
    public static string TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Comment)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return JsonEscapes.Decode(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    // A value within an array is one more of its items.
    private void Enter()
    {
        if (_levels.Count > 0 && _levels[^1].Index is { } index)
        {
            _levels[^1].Index = index + 1;
        }
    }

    private sealed class Level
    {
        public string? Name { get; set; }

        public int? Index { get; set; }
    }
}
