using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>One message as all its deliveries share it; whatever is made of it is made once.</summary>
/// <param name="id">Identifier of the message, which names its deliveries.</param>
/// <param name="view">Its texts marked where it is no real alert.</param>
public sealed class DeliveryMessage(string id, AlertView view)
{
    private readonly ConcurrentDictionary<string, byte[]> _parts = new(StringComparer.Ordinal);

    public string Id => id;

    public AlertView View => view;

    public bool IsCancel => view.MsgType == nameof(CapMsgType.Cancel);

    /// <summary>How grave it is, 1 to 5.</summary>
    public int Weight => AlertWeight.Of(view);

    /// <summary>
    /// Names the chain in at most 32 characters of base64url (RFC 8030 section 5.4): what comes later replaces what came
    /// before, in the push service and on the screen.
    /// </summary>
    public string Topic { get; } = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(view.AlertId)).AsSpan(0, 24));

    /// <summary>The alert as JSON.</summary>
    public byte[] Json => Part("json", () => JsonSerializer.SerializeToUtf8Bytes(view, CityJson.Options));

    /// <summary>The texts in those of the languages that the message has, in the person's order; the message's first one where it has none of them.</summary>
    public IReadOnlyList<AlertInfoView> InfosFor(IEnumerable<string> languages)
    {
        var found = languages.Select(Find).OfType<AlertInfoView>().Distinct().ToList();
        return found.Count > 0 ? found : [view.Info[0]];
    }

    /// <summary>The one text of a channel that has room for one.</summary>
    public AlertInfoView InfoFor(IEnumerable<string> languages) => InfosFor(languages)[0];

    /// <summary>Something made of the message, kept under a name.</summary>
    public byte[] Part(string name, Func<byte[]> make) => _parts.TryGetValue(name, out var made) ? made : _parts.GetOrAdd(name, make());

    // zh-Hans-CN finds zh-Hans, then zh.
    private AlertInfoView? Find(string language)
    {
        for (var wanted = language; ; wanted = wanted[..wanted.LastIndexOf('-')])
        {
            if (view.Info.FirstOrDefault(info => string.Equals(info.Language, wanted, StringComparison.OrdinalIgnoreCase)) is { } info)
            {
                return info;
            }

            if (!wanted.Contains('-', StringComparison.Ordinal))
            {
                return null;
            }
        }
    }
}
