using SmartCity.Telemetry;

await TelemetryService.Definition.RunAsync(args);
