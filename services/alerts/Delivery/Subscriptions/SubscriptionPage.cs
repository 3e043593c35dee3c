using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Alerts.Delivery.Wording;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>A page of a few sentences in every language, without scripts or anything to load.</summary>
internal static class SubscriptionPage
{
    public static ContentHttpResult Ask(
        DeliveryWording wording, Func<DeliveryWords, string> heading, Func<DeliveryWords, string> button, Func<DeliveryWords, string> note)
        => Page(wording, words => $"""
            <h1>{Text(heading(words))}</h1>{(note(words) is { Length: > 0 } said ? $"<p>{Text(said)}</p>" : "")}
            <form method="post"><button>{Text(button(words))}</button></form>
            """, StatusCodes.Status200OK);

    public static ContentHttpResult Say(DeliveryWording wording, Func<DeliveryWords, string> sentence, int status = StatusCodes.Status200OK)
        => Page(wording, words => $"<p>{Text(sentence(words))}</p>", status);

    // A form without an action posts to the page's own address, token and all.
    private static ContentHttpResult Page(DeliveryWording wording, Func<DeliveryWords, string> body, int status)
    {
        var page = new StringBuilder("""
            <!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; form-action 'self'">
            <title>防災通知 / Disaster alerts</title>
            <style>:root{color-scheme:light dark}body{font-family:system-ui,sans-serif;line-height:1.7;max-width:40rem;margin:1rem auto;padding:0 1rem}h1{font-size:1.2rem}button{font:inherit;min-height:44px;padding:0 1.5rem}section+section{border-top:1px solid;margin-top:1.5rem}</style>
            </head><body><main>
            """);
        foreach (var words in wording.Languages)
        {
            page.Append("<section lang=\"").Append(words.Language).Append("\">").Append(body(words)).Append("</section>");
        }

        return TypedResults.Content(page.Append("</main></body></html>").ToString(), "text/html", Encoding.UTF8, status);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
