using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ShopFlow.Notifications.Mail;

/// <summary>GET /mail: the e-mails of the folder, newest first. It is there only on a developer's machine.</summary>
internal static class MailPage
{
    private const int MostShown = 200;

    public static void MapMailPage(this WebApplication app)
    {
        if (app.Configuration.GetSection(MailOptions.Section).Get<MailOptions>() is not { IsLocal: true })
            return;

        app.MapGet("/mail", List).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/mail/{id:guid}", Show).AllowAnonymous().ExcludeFromDescription();
    }

    private static ContentHttpResult List(MailOptions mail)
    {
        var rows = new StringBuilder();
        foreach (var stored in Newest(mail))
            rows.Append($"<tr><td>{Encode(stored.To)}<td><a href=\"/mail/{stored.Id}\">{Encode(stored.Subject)}</a>");

        return Html($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Mail</title>
            <style>body{"{"}font:15px/1.6 system-ui,sans-serif;margin:2rem{"}"} td{"{"}padding:.2rem 1.5rem .2rem 0{"}"}</style></head>
            <body><h1>Mail</h1><p>What the shop would have sent, the newest first.</p><table>{rows}</table></body></html>
            """);
    }

    private static Results<ContentHttpResult, NotFound> Show(Guid id, MailOptions mail)
    {
        var file = Path.Combine(mail.Folder, id + FolderTransport.Extension);
        return File.Exists(file) ? Html(Read(file).Html) : TypedResults.NotFound();
    }

    private static IEnumerable<StoredMail> Newest(MailOptions mail)
    {
        if (!Directory.Exists(mail.Folder))
            return [];

        return Directory.GetFiles(mail.Folder, "*" + FolderTransport.Extension)
            .OrderDescending(StringComparer.Ordinal)
            .Take(MostShown)
            .Select(Read);
    }

    private static StoredMail Read(string file) => StoredMail.Parse(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));

    private static ContentHttpResult Html(string page) => TypedResults.Content(page, "text/html; charset=utf-8");

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
