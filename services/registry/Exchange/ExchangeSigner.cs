using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Files;

namespace SmartCity.Registry.Exchange;

/// <summary>Holds the private key. Who can write the database but does not have it can forge no seal.</summary>
public sealed class ExchangeSigner : IDisposable
{
    private const string DefaultFile = "exchange-signing-key.pem";
    private readonly ECDsa _key;

    public ExchangeSigner(IOptions<ExchangeOptions> options, DatabaseKind database, IHostEnvironment environment)
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (options.Value.SigningKeyPem is { } pem)
        {
            _key.ImportFromPem(pem);
        }
        else if ((options.Value.SigningKeyFile ?? SecretFile.BesideOf(database, DefaultFile)) is { } file)
        {
            _key.ImportFromPem(SecretFile.ReadOrMake(file, _key.ExportPkcs8PrivateKeyPem));
        }
        else if (environment.IsProduction())
        {
            throw new InvalidOperationException(
                "Exchange:SigningKeyFile is not set: name the PEM file of the key that seals the exchange log (ECDSA P-256), kept apart from the database.");
        }

        KeyId = ExchangeKeyRing.IdOf(_key);
    }

    /// <summary>Names the key in seals.</summary>
    public string KeyId { get; }

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Base64 of the ES256 signature.</summary>
    public string Sign(string body) => Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(body), HashAlgorithmName.SHA256));

    public void Dispose() => _key.Dispose();
}
