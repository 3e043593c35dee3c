using SmartCity.Alerts;

await AlertsService.Definition.RunAsync(args);
