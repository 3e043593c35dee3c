using SmartCity.Gateway;

InlineSockets.TurnOn();
await GatewayService.Definition.RunAsync(args);
