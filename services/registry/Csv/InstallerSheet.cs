using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using SmartCity.Registry.Devices;
using SmartCity.Registry.Keys;

namespace SmartCity.Registry.Csv;

/// <summary>A page to print, one card for each device, that needs nothing from anywhere else.</summary>
internal static class InstallerSheet
{
    private const string Head = """
        <!doctype html>
        <html lang="ja">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="referrer" content="no-referrer">
        <title>機器の接続カード / Device cards</title>
        <style>
        body { font: 11pt/1.4 "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif; margin: 1rem; color: #000; background: #fff; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: .6rem; }
        article { border: 1px solid #000; padding: .6rem; display: grid; grid-template-columns: 7.5rem 1fr; gap: .6rem; break-inside: avoid; }
        svg { width: 7.5rem; height: 7.5rem; }
        h2 { font-size: 1rem; margin: 0 0 .2rem; }
        dl { margin: 0; } dt { font-size: .75rem; } dd { margin: 0 0 .2rem; overflow-wrap: anywhere; }
        .key { font: 600 1rem/1.3 ui-monospace, "Noto Sans Mono CJK JP", monospace; }
        @media print { body { margin: 0; } .note { display: none; } }
        </style>
        </head>
        <body>
        <h1>機器の接続カード / Device cards</h1>
        <p class="note">鍵はこの一度しか表示されません。印刷したら、このページを閉じてください。 The keys are shown this once only: print, then close this page.</p>
        <div class="cards">

        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static async Task WriteAsync(Stream body, IReadOnlyList<RegisteredDevice> devices, InstallerCode code)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true);
        await writer.WriteAsync(Head);
        foreach (var device in devices)
        {
            await writer.WriteAsync(Card(device, code));
        }

        await writer.WriteAsync("</div>\n</body>\n</html>\n");
    }

    private static string Card(RegisteredDevice device, InstallerCode code)
    {
        var access = device.Access;
        return $"""
            <article>
            <div>{(access.Key is null ? "" : code.SvgOf(access))}</div>
            <div>
            <h2>{Text(device.Device.Name.In("ja"))}</h2>
            <dl>
            <dt>ユーザー名 / user name</dt><dd>{Text(access.UserName)}</dd>
            <dt>鍵 / key</dt><dd class="key">{Text(access.Key ?? access.Hint ?? "")}</dd>
            <dt>トピック / topic</dt><dd>{Text(access.Topic)}</dd>
            </dl>
            </div>
            </article>

            """;
    }

    private static string Text(string text) => Encoder.Encode(text);
}
