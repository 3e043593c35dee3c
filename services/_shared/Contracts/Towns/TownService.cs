using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartCity.Contracts.Towns;

/// <summary>A service of the platform that a town uses: its name alone, or with settings.</summary>
/// <param name="Name">One of <see cref="AppIds"/>.</param>
/// <param name="Settings">What the service lets towns set, as a JSON object, or null.</param>
[JsonConverter(typeof(TownServiceConverter))]
public sealed record TownService(string Name, JsonElement? Settings = null);

/// <summary>Reads <c>alerts</c> as well as <c>{ name: alerts, settings: { … } }</c>, and writes the shorter form that says all.</summary>
internal sealed class TownServiceConverter : JsonConverter<TownService>
{
    public override TownService Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new TownService(reader.GetString()!);
        }

        var form = JsonSerializer.Deserialize<Form>(ref reader, options) ?? throw new JsonException("A service is a name, or an object with name and settings.");
        return new TownService(form.Name, form.Settings);
    }

    public override void Write(Utf8JsonWriter writer, TownService value, JsonSerializerOptions options)
    {
        if (value.Settings is null)
        {
            writer.WriteStringValue(value.Name);
        }
        else
        {
            JsonSerializer.Serialize(writer, new Form { Name = value.Name, Settings = value.Settings }, options);
        }
    }

    private sealed record Form
    {
        public required string Name { get; init; }

        public JsonElement? Settings { get; init; }
    }
}
