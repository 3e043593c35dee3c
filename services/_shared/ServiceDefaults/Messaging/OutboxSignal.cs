namespace SmartCity.ServiceDefaults.Messaging;

/// <summary>Wakes the outbox publisher right after a commit, so that no event waits for a poll.</summary>
public sealed class OutboxSignal : WakeSignal;
