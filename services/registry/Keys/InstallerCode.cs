using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using QRCoder;

namespace SmartCity.Registry.Keys;

/// <summary>
/// The QR code that an installer's phone reads: <c>smartcity-device:v1?host=…&amp;port=…&amp;user=…&amp;key=…</c>, with values
/// percent-encoded (RFC 3986).
/// </summary>
public sealed class InstallerCode(IOptions<DeviceMqttOptions> options)
{
    public string UriOf(IssuedKey issued) => string.Create(CultureInfo.InvariantCulture,
        $"smartcity-device:v1?host={Uri.EscapeDataString(options.Value.Host)}&port={options.Value.Port}&user={Uri.EscapeDataString(issued.UserName)}&key={issued.Key}");

    /// <summary>The issued key with the code in the form that was asked for.</summary>
    /// <param name="form"><c>true</c> or <c>svg</c>, <c>text</c>; anything else for none.</param>
    public IssuedKey Add(IssuedKey issued, string? form) => issued.Key is null ? issued : form?.ToLowerInvariant() switch
    {
        "true" or "svg" => issued with { QrSvg = SvgOf(issued) },
        "text" => issued with { QrText = TextOf(issued) },
        _ => issued,
    };

    /// <summary>One path of runs of dark modules: a tenth of the size of a rectangle per module.</summary>
    public string SvgOf(IssuedKey issued)
    {
        using var code = Generate(issued);
        // The matrix has its white border already.
        var size = code.ModuleMatrix.Count;
        var svg = new StringBuilder(4096);
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\" role=\"img\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path stroke=\"#000\" d=\"");
        for (var y = 0; y < size; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < size; x++)
            {
                var start = x;
                while (x < size && row[x])
                {
                    x++;
                }

                if (x > start)
                {
                    svg.Append(CultureInfo.InvariantCulture, $"M{start} {y}.5h{x - start}");
                }
            }
        }

        return svg.Append("\"/></svg>").ToString();
    }

    /// <summary>Two rows of modules in one line of a terminal, light on dark.</summary>
    public string TextOf(IssuedKey issued)
    {
        using var code = Generate(issued);
        var size = code.ModuleMatrix.Count;
        var text = new StringBuilder(size * size / 2);
        for (var y = 0; y < size; y += 2)
        {
            for (var x = 0; x < size; x++)
            {
                var upper = !code.ModuleMatrix[y][x];
                var lower = y + 1 >= size || !code.ModuleMatrix[y + 1][x];
                text.Append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private QRCodeData Generate(IssuedKey issued) => QRCodeGenerator.GenerateQrCode(UriOf(issued), QRCodeGenerator.ECCLevel.M);
}
