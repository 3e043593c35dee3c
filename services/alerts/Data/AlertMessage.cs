using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Issuing;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Data;

/// <summary>One CAP message as it was sent. Rows never change.</summary>
public sealed class AlertMessage : ITownOwned
{
    /// <summary>Names the message here, over all towns; of the town's own messages it is the CAP identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The CAP identifier that another sender gave it, or null where <see cref="Id"/> is the identifier.</summary>
    public string? Identifier { get; init; }

    public required string AlertId { get; init; }

    public required string Municipality { get; init; }

    /// <summary>CAP sender.</summary>
    public required string Sender { get; init; }

    /// <summary>CAP msgType.</summary>
    public required string MsgType { get; init; }

    public required DateTimeOffset Sent { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>The <see cref="Contracts.Views.AlertView"/> as JSON, as events and streams carry it.</summary>
    public required string AlertView { get; init; }

    public required string CapXml { get; init; }

    /// <summary>Token subject of the officer who approved or cancelled, or null where a rule did.</summary>
    public string? IssuedBy { get; init; }

    /// <summary>The officer's reason, where one was given.</summary>
    public string? Reason { get; init; }

    /// <param name="cancelledAt">When the chain was cancelled: also an earlier message of it then tells so.</param>
    public AlertView ToView(DateTimeOffset? cancelledAt)
    {
        var view = JsonSerializer.Deserialize<AlertView>(AlertView, CityJson.Options)! with { CancelledAt = cancelledAt };
        if (view is not { Level: { } level, Severity: nameof(CapSeverity.Unknown) })
        {
            return view;
        }

        // Written before views carried CAP's words; the town's own always follow from the level.
        var words = view.MsgType == nameof(CapMsgType.Cancel) ? CapLevel.AllClear : CapLevel.Of(level);
        return view with { Severity = words.Severity.ToString(), Urgency = words.Urgency.ToString(), Certainty = words.Certainty.ToString() };
    }
}
