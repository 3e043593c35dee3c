using System.Buffers;
using System.Globalization;
using System.Text;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.Export;

/// <summary>Writes CSV (RFC 4180, lines end with CR LF) as it is made, and sends a piece whenever it is full.</summary>
internal sealed class CsvWriter(HttpResponse response, CsvEncoding encoding)
{
    private const int PieceCharacters = 16 * 1024;
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");
    private readonly StringBuilder _piece = new(PieceCharacters + 1024);
    private bool _hasBegun;

    public void WriteRow(params ReadOnlySpan<string> fields)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            if (index > 0)
            {
                _piece.Append(',');
            }

            WriteField(fields[index]);
        }

        _piece.Append("\r\n");
    }

    /// <summary>To be called after each row.</summary>
    public ValueTask SendFullAsync(CancellationToken cancellationToken)
        => _piece.Length < PieceCharacters ? ValueTask.CompletedTask : SendAsync(cancellationToken);

    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
        {
            response.BodyWriter.Write(encoding.Mark);
            _hasBegun = true;
        }

        // As one text: a pair of surrogates may lie across the builder's own chunks.
        encoding.Write(_piece.ToString(), response.BodyWriter);
        _piece.Clear();
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    public static string Text(DateTimeOffset time) => JapanTime.From(time).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private void WriteField(string field)
    {
        if (!field.AsSpan().ContainsAny(Special))
        {
            _piece.Append(field);
            return;
        }

        _piece.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
