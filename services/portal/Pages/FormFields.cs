namespace SmartCity.Portal.Pages;

/// <summary>Forms that anybody may send, and send wrongly.</summary>
internal static class FormFields
{
    /// <summary>The fields; none where it is no form.</summary>
    public static async Task<IFormCollection> ReadFieldsAsync(this HttpRequest request)
        => request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
}
