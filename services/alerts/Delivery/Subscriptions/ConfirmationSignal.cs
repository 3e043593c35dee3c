using SmartCity.Alerts.Delivery.Sending;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>Wakes whoever sends confirmation mails.</summary>
internal sealed class ConfirmationSignal
{
    private readonly DeliverySignal _signal = new();

    public void Set() => _signal.Set();

    public Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken) => _signal.WaitAsync(atMost, clock, cancellationToken);
}
