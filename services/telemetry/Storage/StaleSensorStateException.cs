namespace SmartCity.Telemetry.Storage;

/// <summary>Another activation stored a newer state of this device: the batch is evaluated again from it.</summary>
internal sealed class StaleSensorStateException(string municipality, string device)
    : Exception($"The rule state of {municipality}/{device} was changed by another activation.");
