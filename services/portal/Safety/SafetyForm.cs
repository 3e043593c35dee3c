using System.Globalization;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Pages;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Portal.Safety;

/// <summary>What somebody typed. It comes back with every page until it has been received: nobody types it twice.</summary>
public sealed record SafetyForm
{
    /// <summary>Of this report alone: pressed twice, it is one.</summary>
    public required string Key { get; init; }

    /// <summary>Of the report that it changes; empty for a new one.</summary>
    public string Code { get; init; } = "";

    public string Status { get; init; } = "";

    public IReadOnlyList<string> Needs { get; init; } = [];

    public string PeopleCount { get; init; } = "1";

    public string Name { get; init; } = "";

    public string Contact { get; init; } = "";

    public string Place { get; init; } = "";

    public string Message { get; init; } = "";

    public string SharedSecret { get; init; } = "";

    public bool IsChange => Code.Length > 0;

    public static SafetyForm New() => new() { Key = Guid.NewGuid().ToString() };

    public static async Task<SafetyForm> ReadAsync(HttpRequest request)
    {
        var form = await request.ReadFieldsAsync();
        string Text(string name) => form[name].ToString().Trim();
        return new SafetyForm
        {
            Key = Guid.TryParse(Text("key"), out var key) ? key.ToString() : Guid.NewGuid().ToString(),
            Code = Text("code"),
            Status = Text("status"),
            Needs = [.. form["needs"].OfType<string>()],
            PeopleCount = Text("peopleCount"),
            Name = Text("name"),
            Contact = Text("contact"),
            Place = Text("place"),
            Message = Text("message"),
            SharedSecret = Text("sharedSecret"),
        };
    }

    public static SafetyForm Of(OwnReportView report, string code) => New() with
    {
        Code = code,
        Status = report.Status,
        Needs = report.Needs,
        PeopleCount = report.PeopleCount.ToString(CultureInfo.InvariantCulture),
        Name = report.Name ?? "",
        Contact = report.Contact ?? "",
        Place = report.Place ?? "",
        Message = report.Message ?? "",
    };

    /// <summary>What must be corrected before it is sent, as a key of the language files; null when nothing.</summary>
    public string? Fault()
        => Status.Length == 0 ? "safety.refused.status"
            : People() is null ? "safety.refused.people-out-of-range"
            : new[] { Name, Contact, Place, Message, SharedSecret }.Any(MyNumber.IsIn) ? "safety.refused.my-number-refused"
            : null;

    public object ToBody()
    {
        var report = new { Status, Needs, PeopleCount = People() ?? 1, Name, Contact, Place, Message, SharedSecret };
        return IsChange ? new { Code, Report = report } : report;
    }

    // Digits as they come out of a Japanese keyboard, too.
    private int? People()
        => int.TryParse(PeopleCount.Normalize(System.Text.NormalizationForm.FormKC), NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : null;
}
