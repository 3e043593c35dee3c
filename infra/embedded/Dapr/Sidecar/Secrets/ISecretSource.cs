namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Where a secret store's values come from. Values never go to the log.</summary>
internal interface ISecretSource
{
    /// <summary>A secret's keys and values, or null when there is no such secret.</summary>
    IReadOnlyDictionary<string, string>? Get(string name);

    /// <summary>All secrets.</summary>
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> GetAll();
}
