using System.Collections.Frozen;

namespace SmartCity.ServiceDefaults.Exchange;

/// <summary>The purposes for which personal data may be read or written. Without one of them nothing is recorded, so nothing is done.</summary>
public static class ExchangePurposes
{
    /// <summary>A person asks for their own data.</summary>
    public const string OwnRequest = "own-request";

    /// <summary>A person acts for another by a grant.</summary>
    public const string OnBehalf = "on-behalf";

    /// <summary>Staff serve a resident at the counter or on the telephone.</summary>
    public const string CounterService = "counter-service";

    /// <summary>Medical care.</summary>
    public const string Care = "care";

    /// <summary>Life or safety is in danger.</summary>
    public const string Emergency = "emergency";

    /// <summary>A law obliges to it.</summary>
    public const string LegalDuty = "legal-duty";

    /// <summary>Somebody checks who did what.</summary>
    public const string Audit = "audit";

    /// <summary>A town's own affairs are looked after: its manifest, its approvals.</summary>
    public const string Administration = "administration";

    /// <summary>Every code.</summary>
    public static readonly FrozenSet<string> All =
        FrozenSet.Create(StringComparer.Ordinal, OwnRequest, OnBehalf, CounterService, Care, Emergency, LegalDuty, Audit, Administration);

    /// <summary>The codes as a sentence's list.</summary>
    public static string List => string.Join(", ", All.Order(StringComparer.Ordinal));
}
