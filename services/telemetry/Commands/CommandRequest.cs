using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmartCity.Telemetry.Commands;

/// <summary>What a person asks of a device.</summary>
public sealed record CommandRequest
{
    /// <summary>One of the commands that the manifest gives the device's kind.</summary>
    public required string Name { get; init; }

    /// <summary>By name; left out where the command takes none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>How long the command is good, from when it is queued: 5 to 86,400. Left out, the manifest says.</summary>
    public int? ExpiresInSeconds { get; init; }

    /// <summary>The arguments as one JSON object, the same for the same arguments.</summary>
    internal string ArgumentsJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = Contracts.CityJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in (Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal)).OrderBy(argument => argument.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>By which a repeated request is told from another with the same key.</summary>
    internal string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Name}\n{ExpiresInSeconds}\n{ArgumentsJson()}")));
}

/// <summary>Why an officer rejects a command.</summary>
public sealed record CommandDecision(string? Reason);
