using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartCity.EndToEnd.Tests.Hosting;

namespace SmartCity.EndToEnd.Tests.Interoperability;

/// <summary>The host's <c>broker</c> command as a real process, listening on every transport.</summary>
public sealed class BrokerProcess : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smartcity-broker-");
    private readonly Dictionary<string, Uri> _addresses = new(StringComparer.Ordinal);
    private Process _process = null!;

    /// <summary>The self-signed certificate of the TLS listeners, for clients that are to trust it.</summary>
    public string CertificateFile => Path.Combine(_folder.FullName, "certificate.pem");

    public Uri this[string scheme] => _addresses[scheme];

    public string Port(string scheme) => _addresses[scheme].Port.ToString(CultureInfo.InvariantCulture);

    public async Task InitializeAsync()
    {
        WriteCertificate();
        var start = new ProcessStartInfo("dotnet",
        [
            HostProcess.Program, "broker", "--allow-anonymous", "--port", "0", "--tls-port", "0", "--websocket-port", "0", "--secure-websocket-port", "0",
            "--certificate", CertificateFile, "--key", Path.Combine(_folder.FullName, "key.pem"), "--data", Path.Combine(_folder.FullName, "data"),
        ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        while (_addresses.Count < 4)
        {
            var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30))
                ?? throw new InvalidOperationException("The broker ended before it listened.");
            var address = new Uri(line.Replace("Listening on ", "", StringComparison.Ordinal));
            _addresses[address.Scheme] = address;
        }
    }

    public async Task DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
