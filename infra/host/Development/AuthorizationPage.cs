using System.Net;
using System.Text;

namespace SmartCity.Host.Development;

/// <summary>The page on which a developer picks who to be.</summary>
internal static class AuthorizationPage
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
        <title>Development sign-in / 開発用サインイン</title>
        <style>body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}ul{padding:0;list-style:none}
        h1 span{display:block}button,input,select{box-sizing:border-box;min-height:2.75rem;padding:.4rem 1rem;font:inherit}li{margin:.5rem 0}label{display:block;margin:.5rem 0}button{cursor:pointer}</style>
        </head><body><main><h1>Development sign-in <span lang="ja">開発用サインイン</span></h1>
        <p>Pick who to be. There is no password: this issuer runs in Development only.</p>
        """;

    public static string Of(AuthorizationRequest asked, IReadOnlyList<DemoPerson> people)
    {
        var page = new StringBuilder(Head);
        page.Append("<form method=\"post\"><ul>");
        foreach (var person in people)
        {
            page.Append("<li><button name=\"name\" value=\"").Append(Encode(person.Name)).Append("\">").Append(Encode(person.Name)).Append("</button> ")
                .Append(Encode(person.Role)).Append(", ").Append(Encode(person.Municipality ?? "every municipality")).Append("</li>");
        }

        return page.Append("</ul></form><h2>Somebody else</h2><p>For a town that is not onboarded yet.</p><form method=\"post\">")
            .Append("<label>Name <input name=\"name\" required></label>")
            .Append("<label>Role <select name=\"role\"><option>clerk</option><option>officer</option><option>operator</option></select></label>")
            .Append("<label>Municipality <input name=\"municipality\" required pattern=\"[0-9]{6}\" inputmode=\"numeric\"></label>")
            .Append("<p><button>Sign in to ").Append(Encode(asked.ClientId)).Append("</button></p></form></main></body></html>")
            .ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
