using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Pages;

/// <summary>Answers with a <see cref="MessagePage"/>.</summary>
internal static class MessageResult
{
    public static RazorComponentResult<MessagePage> Of(
        Visit visit, int status, string titleKey, IReadOnlyList<string> textKeys, string linkUrl = "/", Phrase? linkText = null)
        => new(new { Visit = visit, TitleKey = titleKey, TextKeys = textKeys, LinkUrl = linkUrl, LinkText = linkText }) { StatusCode = status };
}
