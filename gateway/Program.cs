using SmartCity.Gateway;

await GatewayService.Definition.RunAsync(args);
