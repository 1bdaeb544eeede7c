using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using ShopFlow.Notifications.Delivering;

namespace ShopFlow.Notifications.Mail;

/// <summary>Puts the words of a notification into the frame that all e-mails have, as plain text and as HTML.</summary>
internal sealed class MailComposer(MailOptions mail, NotificationsOptions shop)
{
    private static readonly string s_layout = ReadLayout();

    /// <param name="Text">As it is read.</param>
    /// <param name="IsLink">Only what the shop itself says is one: a user who writes an address makes no link of ours.</param>
    private sealed record Paragraph(string Text, bool IsLink = false);

    /// <exception cref="FormatException">The recipient is no e-mail address.</exception>
    public MailMessage Compose(ClaimedDelivery delivery, string recipient)
    {
        var paragraphs = Paragraphs(delivery);
        var message = new MailMessage(new MailAddress(mail.From, "ShopFlow"), new MailAddress(recipient)) { Subject = delivery.Subject };

        // The same each time that it is sent, so that a mail program shows an e-mail once if a crash made it two.
        message.Headers.Add("Message-ID", $"<{delivery.NotificationId}@{shop.ShopAddress.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(View(string.Join("\r\n\r\n", paragraphs.Select(paragraph => paragraph.Text)), MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(Html(delivery.Subject, paragraphs), MediaTypeNames.Text.Html));
        return message;
    }

    private static List<Paragraph> Paragraphs(ClaimedDelivery delivery)
    {
        List<Paragraph> paragraphs = [new(delivery.Username is { } name ? $"Hello {name}," : "Hello,"), new(delivery.Body)];
        if (delivery.Link is { } link)
            paragraphs.Add(new(link, IsLink: true));
        if (delivery.OrderId is { } order)
            paragraphs.Add(new($"Order {order}"));
        paragraphs.Add(new("ShopFlow"));
        return paragraphs;
    }

    // The paragraphs last: what users wrote fills no other place.
    private static string Html(string subject, IEnumerable<Paragraph> paragraphs) => s_layout
        .Replace("{{subject}}", WebUtility.HtmlEncode(subject), StringComparison.Ordinal)
        .Replace("{{paragraphs}}", string.Join('\n', paragraphs.Select(Html)), StringComparison.Ordinal);

    private static string Html(Paragraph paragraph)
    {
        var text = WebUtility.HtmlEncode(paragraph.Text);
        return paragraph.IsLink ? $"<p><a href=\"{text}\">{text}</a></p>" : $"<p>{text}</p>";
    }

    private static AlternateView View(string content, string mediaType)
    {
        var view = AlternateView.CreateAlternateViewFromString(content, Encoding.UTF8, mediaType);
        view.TransferEncoding = TransferEncoding.QuotedPrintable;
        return view;
    }

    private static string ReadLayout()
    {
        using var reader = new StreamReader(typeof(MailComposer).Assembly.GetManifestResourceStream("layout.html")!);
        return reader.ReadToEnd();
    }
}
