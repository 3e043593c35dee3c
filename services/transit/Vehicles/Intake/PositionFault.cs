namespace SmartCity.Transit.Vehicles.Intake;

/// <summary>Why a message is not taken.</summary>
/// <param name="Code">Stable, in kebab-case; counted.</param>
/// <param name="Message">What is wrong and what to send instead.</param>
public sealed record PositionFault(string Code, string Message);
