using System.Net.Http.Headers;
using System.Text;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>
/// Looks for Individual Numbers in a request's body, by its media type. Some handlers read on whatever that says, so a body
/// that is not what it says is looked through as plain text; the handler says what is wrong with it.
/// </summary>
internal static class BodySearch
{
    public static Task CollectAsync(ArraySegment<byte> body, string? contentType, List<string> found)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed : null;
        var media = type?.MediaType?.ToLowerInvariant() ?? "";
        if (media is "application/json" or "text/json" || media.EndsWith("+json", StringComparison.Ordinal))
        {
            // In another charset the handler decodes it first, and so must we.
            if (!JsonSearch.Collect(BodyText.IsUtf8(type?.CharSet) ? body : Encoding.UTF8.GetBytes(BodyText.Decode(body, type?.CharSet)), found))
            {
                TextSearch.Collect(BodyText.Decode(body, type?.CharSet), found);
            }
        }
        else if (media is "application/x-www-form-urlencoded")
        {
            FormSearch.CollectFields(BodyText.Decode(body, type?.CharSet), found);
            if (found.Count == 0)
            {
                TextSearch.Collect(BodyText.Decode(body, type?.CharSet), found);
            }
        }
        else if (media.StartsWith("multipart/", StringComparison.Ordinal))
        {
            return FormSearch.CollectPartsAsync(body, type!.Parameters.FirstOrDefault(parameter => parameter.Name is "boundary")?.Value?.Trim('"'), found);
        }
        else if (media is "application/xml" or "text/xml" || media.EndsWith("+xml", StringComparison.Ordinal))
        {
            XmlSearch.Collect(body, found);
        }
        else if (!IsBinary(media, body))
        {
            // Files are read as JSON whatever they came as.
            var text = BodyText.Decode(body, type?.CharSet);
            if (text.AsSpan().TrimStart("\uFEFF \t\r\n") is not ['{' or '[', ..] || !JsonSearch.Collect(Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')), found))
            {
                TextSearch.Collect(text, found);
            }
        }

        return Task.CompletedTask;
    }

    // What says that it is text is one, and so is what reads as Unicode. Of anything else, a zero byte tells that no person typed it (zip, image).
    private static bool IsBinary(string media, ReadOnlySpan<byte> body)
        => !media.StartsWith("text/", StringComparison.Ordinal) && !media.Contains("yaml", StringComparison.Ordinal)
            && body.Contains((byte)0) && !BodyText.IsUnicode(body);
}
