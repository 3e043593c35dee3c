using SmartCity.Portal;

await PortalService.Definition.RunAsync(args);
