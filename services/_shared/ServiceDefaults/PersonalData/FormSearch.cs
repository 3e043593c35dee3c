using System.Text;
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

    /// <summary>Names and texts of the parts; a part that declares itself as something else than text is a file and stays closed here.</summary>
    public static async Task CollectPartsAsync(ArraySegment<byte> body, string? boundary, List<string> found)
    {
        if (string.IsNullOrEmpty(boundary))
        {
            TextSearch.Collect(BodyText.Decode(body, charset: null), found);
            return;
        }

        CollectAround(body, "--" + boundary, found);
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

    // Readers of forms skip what stands before the first part and behind the last (RFC 2046, section 5.1.1); others do not.
    private static void CollectAround(ReadOnlySpan<byte> body, string delimiter, List<string> found)
    {
        // A boundary may be of digits; it is nobody's number.
        var (mark, last) = (Encoding.UTF8.GetBytes(delimiter), Encoding.UTF8.GetBytes(delimiter + "--"));
        var (first, end) = (body.IndexOf(mark), body.LastIndexOf(last));
        var places = new List<string>();
        TextSearch.Collect(first > 0 ? BodyText.Decode(body[..first], charset: null) : "", places);
        found.AddRange(places.Select(place => "before the form's parts, " + place));
        places.Clear();
        TextSearch.Collect(end >= 0 ? BodyText.Decode(body[(end + last.Length)..], charset: null) : "", places);
        found.AddRange(places.Select(place => "behind the form's parts, " + place));
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
