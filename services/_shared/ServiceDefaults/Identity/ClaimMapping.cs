using System.Security.Claims;
using System.Text.Json;

namespace SmartCity.ServiceDefaults.Identity;

/// <summary>Turns an issuer's claims into ours.</summary>
internal sealed class ClaimMapping(IdentityOptions options)
{
    /// <summary>The same person with <c>sub</c>, <c>municipality</c> and <c>role</c>; every other claim stands as it is.</summary>
    public ClaimsIdentity Map(ClaimsIdentity theirs)
    {
        var names = options.Claims;
        var ours = new List<Claim>();
        ours.AddRange(theirs.Claims.Where(claim => claim.Type is not (CityClaims.Subject or CityClaims.Municipality or CityClaims.Role)));
        ours.AddRange(ValuesOf(theirs, names.Subject).Take(1).Select(value => new Claim(CityClaims.Subject, value)));
        ours.AddRange(ValuesOf(theirs, names.Municipality)
            .Select(value => options.MunicipalityMap.GetValueOrDefault(value, value))
            .Distinct(StringComparer.Ordinal).Select(value => new Claim(CityClaims.Municipality, value)));
        ours.AddRange(ValuesOf(theirs, names.Role)
            .Select(value => options.RoleMap.Count == 0 ? value : options.RoleMap.GetValueOrDefault(value))
            .OfType<string>().Distinct(StringComparer.Ordinal).Select(value => new Claim(CityClaims.Role, value)));
        return new ClaimsIdentity(ours, "Bearer", CityClaims.Subject, CityClaims.Role);
    }

    private static IEnumerable<string> ValuesOf(ClaimsIdentity identity, string name)
    {
        var whole = identity.FindAll(name).Select(claim => claim.Value).ToArray();
        if (whole.Length > 0)
        {
            return whole;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 ? [] : identity.FindAll(name[..dot]).SelectMany(claim => ValuesIn(claim.Value, name[(dot + 1)..].Split('.')));
    }

    private static IEnumerable<string> ValuesIn(string json, string[] path)
    {
        JsonElement element;
        try
        {
            using var document = JsonDocument.Parse(json);
            element = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A claim that is no JSON has nothing inside.
            return [];
        }

        foreach (var part in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
            {
                return [];
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!).ToArray(),
            _ => [],
        };
    }
}
