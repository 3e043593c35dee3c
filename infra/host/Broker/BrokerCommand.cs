using System.CommandLine;
using System.Net;
using SmartCity.Engine;

namespace SmartCity.Host.Broker;

/// <summary><c>broker</c>: the MQTT broker alone, for other people's clients and test suites.</summary>
internal static class BrokerCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "MQTT over TCP; 0: the system picks", DefaultValueFactory = _ => 1883 };
    private static readonly Option<int?> TlsPort = new("--tls-port") { Description = "MQTT over TLS as well (8883 by custom)" };
    private static readonly Option<int?> WebSocketPort = new("--websocket-port") { Description = "MQTT over WebSocket as well, path /mqtt" };
    private static readonly Option<int?> SecureWebSocketPort = new("--secure-websocket-port") { Description = "MQTT over WebSocket over TLS as well, path /mqtt" };
    private static readonly Option<string[]> WebSocketOrigin = new("--websocket-origin")
    {
        Description = "Pages of this origin may connect too (https://map.example.jp); may be repeated. Default: pages of the same host only",
        DefaultValueFactory = _ => [],
    };
    private static readonly Option<FileInfo?> Certificate = new("--certificate") { Description = "PEM file with the certificate and its chain, for the two TLS ports" };
    private static readonly Option<FileInfo?> Key = new("--key") { Description = "PEM file with the private key. Default: it is in the certificate's file" };
    private static readonly Option<bool> AllowAnonymous = new("--allow-anonymous") { Description = "Everybody may connect and do everything: on a trusted network only" };
    private static readonly Option<string?> User = new("--user") { Description = "The one user who may connect, with --password-file" };
    private static readonly Option<FileInfo?> PasswordFile = new("--password-file") { Description = "File whose first line is that user's password" };
    private static readonly Option<DirectoryInfo?> Data = new("--data") { Description = $"Where sessions and messages are kept. Default: {DefaultDataDirectory}" };
    private static readonly Option<IPAddress> Listen = new("--listen")
    {
        Description = "Address to listen on. Default: 127.0.0.1, this machine only",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
            {
                return address;
            }

            result.AddError("--listen is an IP address such as 127.0.0.1 or 0.0.0.0.");
            return IPAddress.None;
        },
    };

    private static string DefaultDataDirectory => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "smartcity-broker");

    public static Command Create()
    {
        var command = new Command("broker", "The MQTT broker alone (3.1.1 and 5.0), without the platform")
        {
            Port, TlsPort, WebSocketPort, SecureWebSocketPort, WebSocketOrigin, Certificate, Key, AllowAnonymous, User, PasswordFile, Data, Listen,
        };
        command.Validators.Add(arguments =>
        {
            if (arguments.GetValue(AllowAnonymous) == (arguments.GetValue(User) is not null))
            {
                arguments.AddError("Say who may connect: --allow-anonymous, or --user NAME with --password-file FILE.");
            }

            if (arguments.GetValue(User) is not null && arguments.GetValue(PasswordFile) is not { Exists: true })
            {
                arguments.AddError("--user needs --password-file with a file that exists.");
            }

            if ((arguments.GetValue(TlsPort) ?? arguments.GetValue(SecureWebSocketPort)) is not null && arguments.GetValue(Certificate) is not { Exists: true })
            {
                arguments.AddError("The TLS ports need --certificate with a PEM file that exists.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true));
        try
        {
            await using var broker = await StandaloneBroker.StartAsync(
                new StandaloneBrokerOptions
                {
                    DataDirectory = arguments.GetValue(Data)?.FullName ?? DefaultDataDirectory,
                    Address = arguments.GetRequiredValue(Listen),
                    Port = arguments.GetValue(Port),
                    TlsPort = arguments.GetValue(TlsPort),
                    WebSocketPort = arguments.GetValue(WebSocketPort),
                    SecureWebSocketPort = arguments.GetValue(SecureWebSocketPort),
                    WebSocketOrigins = arguments.GetValue(WebSocketOrigin) ?? [],
                    CertificateFile = arguments.GetValue(Certificate)?.FullName,
                    KeyFile = arguments.GetValue(Key)?.FullName,
                    UserName = arguments.GetValue(User),
                    Password = arguments.GetValue(PasswordFile) is { } file ? File.ReadLines(file.FullName).FirstOrDefault() : null,
                    Loggers = loggers,
                },
                cancellationToken);
            foreach (var address in broker.Addresses)
            {
                Console.WriteLine($"Listening on {address}");
            }

            if (arguments.GetValue(AllowAnonymous))
            {
                Console.WriteLine("Everybody who reaches these addresses may connect, publish and subscribe.");
            }

            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException or System.Security.Cryptography.CryptographicException)
        {
            await Console.Error.WriteLineAsync($"The broker did not start. {exception.Message}");
            return 2;
        }
    }
}
