using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace SmartCity.ServiceDefaults.PersonalData;

/// <summary>Looks for Individual Numbers in forms.</summary>
internal static class FormSearch
{
    public static void CollectFields(string body, List<string> found)
    {
        foreach (var pair in new QueryStringEnumerable(body))
        {
            Collect(pair.DecodeName().ToString(), pair.DecodeValue().ToString(), found);
        }
    }

    /// <summary>Names and texts of the parts; a part that declares itself as something else than text is a file and stays closed.</summary>
    public static async Task CollectPartsAsync(ArraySegment<byte> body, string? boundary, List<string> found)
    {
        if (string.IsNullOrEmpty(boundary))
        {
            return;
        }

        try
        {
            var reader = new MultipartReader(boundary, new MemoryStream(body.Array!, body.Offset, body.Count));
            while (await reader.ReadNextSectionAsync() is { } part)
            {
                var disposition = ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var parsed) ? parsed : null;
                var name = disposition?.Name.ToString().Trim('"') ?? "";
                var file = disposition?.FileName.ToString() ?? "";
                if (MyNumber.IsIn(file))
                {
                    found.Add($"form {name}, its file name");
                }

                using var content = new MemoryStream();
                await part.Body.CopyToAsync(content);
                Collect(name, IsText(part.ContentType) ? BodyText.Decode(content.ToArray(), charset: null) : "", found);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // Not multipart at all: looked through as it stands, and the handler says what is wrong with it.
            TextSearch.Collect(BodyText.Decode(body, charset: null), found);
        }
    }

    private static void Collect(string name, string value, List<string> found)
    {
        if (MyNumber.IsIn(name))
        {
            found.Add("the name of a form field");
        }
        else if (MyNumber.IsIn(value))
        {
            found.Add("form " + name);
        }
    }

    private static bool IsText(string? contentType)
        => contentType is null || contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || contentType.Contains("json", StringComparison.OrdinalIgnoreCase) || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase)
            || contentType.Contains("yaml", StringComparison.OrdinalIgnoreCase);
}
