using SmartCity.Registry;

await RegistryService.Definition.RunAsync(args);
