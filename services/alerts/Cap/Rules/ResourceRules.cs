using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace SmartCity.Alerts.Cap.Rules;

/// <summary>Resources (section 3.2.3) and the lists of names with values.</summary>
internal static partial class ResourceRules
{
    public static void Check(CapResource resource, string place, CapNotices notices)
    {
        TextRules.Check(notices, ($"{place}.resourceDesc", resource.Description), ($"{place}.uri", resource.Uri));
        if (resource.MimeType.Length > 0 && !MediaType().IsMatch(resource.MimeType))
        {
            notices.Error("mime-type-form", $"{place}.mimeType", resource.MimeType, "'mimeType' must be a media type, such as image/png.");
        }

        if (resource.SizeBytes < 0)
        {
            notices.Error("size-negative", $"{place}.size", null, "'size' counts bytes.");
        }

        if (resource.Uri is { } uri && !Uri.TryCreate(uri, UriKind.Absolute, out _) && resource.DerefUri is null)
        {
            notices.Warn("uri-form", $"{place}.uri", uri, "'uri' is not absolute and the content is not in 'derefUri': nobody can fetch it.");
        }

        if (resource.DerefUri is { } content)
        {
            Content(resource, content, place, notices);
        }
        else if (resource.Uri is null)
        {
            notices.Warn("resource-empty", place, null, "The resource has neither 'uri' nor 'derefUri'.");
        }

        if (resource.Digest is { } digest && !Sha1().IsMatch(digest))
        {
            notices.Warn("digest-form", $"{place}.digest", digest, "'digest' must be the SHA-1 of the content, 40 hexadecimal digits.");
        }
    }

    public static void Values(IReadOnlyList<CapValue> values, string place, CapNotices notices)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(values[index].Name))
            {
                notices.Error("element-missing", $"{place}[{index}].valueName", null, "'valueName' is required and not there.");
            }

            TextRules.Check(notices, ($"{place}[{index}].valueName", values[index].Name), ($"{place}[{index}].value", values[index].Value));
        }
    }

    private static void Content(CapResource resource, string content, string place, CapNotices notices)
    {
        var bytes = new byte[content.Length];
        if (!Convert.TryFromBase64String(content, bytes, out var length))
        {
            notices.Error("base64-unreadable", $"{place}.derefUri", null, "'derefUri' must hold the content in base64.");
            return;
        }

        if (resource.SizeBytes is { } size && size != length)
        {
            notices.Warn("size-wrong", $"{place}.size", null, $"'size' says {size} bytes, the content has {length}.");
        }

        // SHA-1 is the standard's; it tells a broken copy, not a forged one.
#pragma warning disable CA5350
        var digest = Convert.ToHexString(SHA1.HashData(bytes.AsSpan(0, length)));
#pragma warning restore CA5350
        if (resource.Digest is { } said && Sha1().IsMatch(said) && !digest.Equals(said, StringComparison.OrdinalIgnoreCase))
        {
            notices.Error("digest-wrong", $"{place}.digest", said, "The content is not the one whose SHA-1 'digest' gives.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(\\s*;.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MediaType();

    [GeneratedRegex("^[0-9A-Fa-f]{40}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sha1();
}
