using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.OpenData;

/// <summary>A JSON document that is written as it is made, and sent on whenever a piece is full.</summary>
internal sealed class JsonAnswer(HttpResponse response) : IAsyncDisposable
{
    private const int PieceBytes = 32 * 1024;

    public Utf8JsonWriter Json { get; } = new(response.BodyWriter, new JsonWriterOptions { Encoder = CityJson.Options.Encoder });

    /// <summary>To be called after each item.</summary>
    public async ValueTask SendFullAsync(CancellationToken cancellationToken)
    {
        if (Json.BytesPending + response.BodyWriter.UnflushedBytes < PieceBytes)
        {
            return;
        }

        await SendAsync(cancellationToken);
    }

    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        await Json.FlushAsync(cancellationToken);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    /// <summary>The members that say under which terms, by whom, and of when it all is.</summary>
    public void WriteTerms(Town town, DateTimeOffset? updated)
    {
        var terms = OpenDataSettings.Of(town);
        Json.WriteString("municipality"u8, town.Code);
        Json.WriteString("licence"u8, terms.Licence);
        if (terms.Url is { } url)
        {
            Json.WriteString("licenceUrl"u8, url);
        }

        Json.WriteString("attribution"u8, terms.Attribution);
        WriteTime("updated", updated);
    }

    public void WriteTime(string name, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            Json.WriteString(name, JapanTime.From(given));
        }
        else
        {
            Json.WriteNull(name);
        }
    }

    public ValueTask DisposeAsync() => Json.DisposeAsync();
}
