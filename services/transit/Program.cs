using SmartCity.Transit;

await TransitService.Definition.RunAsync(args);
