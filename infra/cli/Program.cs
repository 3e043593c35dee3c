using SmartCity.Cli.Startup;

return await CommandLine.RunAsync(args, Surroundings.OfProcess());
