using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>Wakes whoever sends confirmation mails.</summary>
internal sealed class ConfirmationSignal : WakeSignal;
