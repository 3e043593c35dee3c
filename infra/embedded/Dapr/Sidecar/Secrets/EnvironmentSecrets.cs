using System.Collections;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// <c>secretstores.local.env</c>: the variables of the process, but for the sidecar's own (Dapr docs, "Local
/// environment variables"). One that is not set is an empty secret, as upstream.
/// </summary>
internal sealed class EnvironmentSecrets(string prefix) : ISecretSource
{
    public IReadOnlyDictionary<string, string> Get(string name) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [name] = IsAllowed(prefix + name) ? Environment.GetEnvironmentVariable(prefix + name) ?? "" : "",
    };

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> GetAll()
        => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(e => (Name: (string)e.Key, Value: e.Value as string ?? ""))
            .Where(e => e.Name.StartsWith(prefix, StringComparison.Ordinal) && e.Name.Length > prefix.Length && IsAllowed(e.Name))
            .Select(e => (Name: e.Name[prefix.Length..], e.Value))
            .ToDictionary(e => e.Name, e => (IReadOnlyDictionary<string, string>)new Dictionary<string, string>(StringComparer.Ordinal) { [e.Name] = e.Value }, StringComparer.Ordinal);

    // The tokens between sidecar and app are not for the app to read, nor is a name that no variable can have.
    private static bool IsAllowed(string name) => name.Length > 0 && !name.Contains('=', StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal)
        && !name.Equals("APP_API_TOKEN", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("DAPR_", StringComparison.OrdinalIgnoreCase);
}
