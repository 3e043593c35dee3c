using System.Globalization;
using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary><c>secretstores.local.file</c>: a JSON file, read once at the start (Dapr docs, "Local file (for development)").</summary>
internal sealed class FileSecrets : ISecretSource
{
    private const long MaximumFileBytes = 4 * 1024 * 1024;
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _secrets = new(StringComparer.Ordinal);

    private FileSecrets()
    {
    }

    /// <param name="path">The file.</param>
    /// <param name="separator">Joins the names of nested values.</param>
    /// <param name="isMultiValued">Whether each top-level name is one secret with several keys.</param>
    /// <exception cref="InvalidDataException">It is not such a file; the message holds none of its content.</exception>
    public static FileSecrets Read(string path, string separator, bool isMultiValued)
    {
        var secrets = new FileSecrets();
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaximumFileBytes)
            {
                throw new InvalidDataException($"the file is larger than {MaximumFileBytes} bytes");
            }

            using var document = JsonDocument.Parse(file);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException("the file is not a JSON object");
            }

            secrets.Add(document.RootElement, separator, isMultiValued);
        }
        catch (JsonException exception)
        {
            // The exception's own words may quote the file, so only the place goes into the message.
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"the file is not JSON (line {exception.LineNumber + 1})"), exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"the file cannot be read ({exception.GetType().Name})", exception);
        }

        return secrets;
    }

    public IReadOnlyDictionary<string, string>? Get(string name) => _secrets.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> GetAll() => _secrets;

    private void Add(JsonElement root, string separator, bool isMultiValued)
    {
        foreach (var property in root.EnumerateObject())
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            var isNested = property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
            if (isMultiValued && isNested)
            {
                Flatten("", property.Value, separator, values);
                _secrets[property.Name] = values;
                continue;
            }

            Flatten(property.Name, property.Value, separator, values);
            foreach (var (name, value) in values)
            {
                _secrets[name] = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value };
            }
        }
    }

    private static void Flatten(string name, JsonElement value, string separator, Dictionary<string, string> values)
    {
        string Below(string part) => name.Length == 0 ? part : name + separator + part;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Flatten(Below(property.Name), property.Value, separator, values);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Flatten(Below((index++).ToString(CultureInfo.InvariantCulture)), item, separator, values);
                }

                break;
            case JsonValueKind.String:
                values[name] = value.GetString()!;
                break;
            default:
                values[name] = value.GetRawText();
                break;
        }
    }
}
