using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Delivery.Ledger;

/// <summary>A message whose recipients are being written down.</summary>
/// <param name="Sequence">Order of the messages, and their name in the ledger.</param>
/// <param name="Municipality">The town's code.</param>
/// <param name="AlertId">The chain.</param>
/// <param name="MsgType">CAP msgType.</param>
/// <param name="Payload">The alert as JSON.</param>
/// <param name="IsSelfTest">Whether it goes to the town's test recipients only.</param>
/// <param name="PlannedTo">Every subscription up to this id has been looked at.</param>
internal sealed record DeliveryPlan(long Sequence, string Municipality, string AlertId, string MsgType, string Payload, bool IsSelfTest, string PlannedTo)
{
    public AlertView View() => JsonSerializer.Deserialize<AlertView>(Payload, CityJson.Options)!;
}
