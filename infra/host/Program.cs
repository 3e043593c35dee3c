using System.CommandLine;
using SmartCity.Host.Startup;

// Ctrl-C and SIGTERM cancel the command, which then has this long to stop everything in order.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(8) };
return await HostCommand.Create().Parse(args).InvokeAsync(invocation);
