using System.Text.Json.Nodes;

namespace SmartCity.Telemetry.Twin;

/// <summary>What a device still has to do.</summary>
internal static class TwinDelta
{
    /// <summary>The desired values that the device does not report, in their places; what only the device reports is its own affair.</summary>
    public static JsonObject Between(JsonObject desired, JsonObject? reported)
    {
        var delta = new JsonObject();
        foreach (var (name, wanted) in desired)
        {
            JsonNode? has = null;
            var isThere = reported?.TryGetPropertyValue(name, out has) == true;
            if (wanted is JsonObject inner && has is JsonObject known)
            {
                if (Between(inner, known) is { Count: > 0 } deeper)
                {
                    delta[name] = deeper;
                }
            }
            else if (!isThere || !JsonNode.DeepEquals(wanted, has))
            {
                delta[name] = wanted?.DeepClone();
            }
        }

        return delta;
    }
}
