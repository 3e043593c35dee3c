using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>
/// Public keys of the exchange log as they are kept in files: a JSON Web Key Set (RFC 7517; EC keys of curve P-256), the
/// answer of <c>GET /api/registry/exchange-log/keys</c>, or PEM texts one after the other.
/// </summary>
public static class ExchangeKeyFile
{
    /// <returns>The keys as PEM, at least one.</returns>
    /// <exception cref="FormatException">The text is none of the three, or has no key that could seal.</exception>
    public static IReadOnlyList<string> Parse(string text)
    {
        try
        {
            var keys = text.TrimStart().StartsWith('{') ? OfJson(JsonNode.Parse(text)!.AsObject()) : OfPem(text);
            return keys.Count > 0 ? keys : throw new FormatException("There is no key in it.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or CryptographicException or ArgumentException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <summary>The keys as a JSON Web Key Set, each named as seals name it.</summary>
    public static string ToJwks(IEnumerable<string> publicKeysPem)
    {
        var keys = new JsonArray();
        foreach (var pem in publicKeysPem)
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            keys.Add(new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["alg"] = "ES256",
                ["use"] = "sig",
                ["kid"] = ExchangeKeyRing.IdOf(key),
                ["x"] = Base64UrlEncoder.Encode(point.X),
                ["y"] = Base64UrlEncoder.Encode(point.Y),
            });
        }

        return new JsonObject { ["keys"] = keys }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static List<string> OfJson(JsonObject json) => json["keys"] is JsonArray set
        ? [.. set.Where(key => (string?)key?["kty"] == "EC" && (string?)key["crv"] == "P-256").Select(key => OfJwk(key!))]
        : [.. (json["items"] as JsonArray ?? []).Select(key => (string?)key?["publicKeyPem"] ?? throw new FormatException("An item has no publicKeyPem."))];

    private static string OfJwk(JsonNode key)
    {
        using var read = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes((string?)key["x"]), Y = Base64UrlEncoder.DecodeBytes((string?)key["y"]) },
        });
        return read.ExportSubjectPublicKeyInfoPem();
    }

    private static List<string> OfPem(string text)
    {
        var keys = new List<string>();
        for (var rest = text; PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(rest[fields.Location]);
            keys.Add(key.ExportSubjectPublicKeyInfoPem());
        }

        return keys;
    }
}
