using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Alerts.Drafts;

/// <summary>By the header <c>Idempotency-Key</c> the same draft is known when it comes again: its id follows from it.</summary>
internal static class DraftKey
{
    private const int ShortestKey = 16;

    private const int LongestKey = 128;

    /// <summary>The refusal, or null where there is no key, or one that may be used.</summary>
    public static ProblemHttpResult? Refuse(string? key) => key is null or { Length: >= ShortestKey and <= LongestKey } ? null
        : Problem.BadRequest("idempotency-key-malformed", "This Idempotency-Key can't be used.",
            $"Give {ShortestKey} to {LongestKey} characters, such as a UUID: the same each time this draft is sent. Nothing was saved.");

    /// <summary>What was changed in between is another draft, so that no correction is lost behind an old key.</summary>
    public static string IdOf(string municipality, string officer, string key, DraftRequest request)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(new { municipality, officer, key, request }, CityJson.Options))))[..16];
}
