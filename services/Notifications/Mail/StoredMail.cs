using System.Globalization;
using System.Text;

namespace ShopFlow.Notifications.Mail;

/// <summary>An e-mail of the folder, as <see cref="FolderTransport"/> wrote it: two views in quoted-printable (RFC 2045 section 6.7).</summary>
internal sealed record StoredMail(string Id, string To, string Subject, string Html)
{
    public static StoredMail Parse(string id, string file)
    {
        var head = file[..file.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        return new(id, Header(head, "To"), Header(head, "Subject"), HtmlOf(file));
    }

    private static string Header(string head, string name) => head
        .Split("\r\n")
        .First(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];

    private static string HtmlOf(string file)
    {
        var start = file.IndexOf("\r\n\r\n", file.IndexOf("Content-Type: text/html", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal) + 4;
        return Decode(file[start..file.IndexOf("\r\n--", start, StringComparison.Ordinal)]);
    }

    private static string Decode(string text)
    {
        var unfolded = text.Replace("=\r\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>(unfolded.Length);
        for (var i = 0; i < unfolded.Length; i++)
        {
            if (unfolded[i] == '=' && byte.TryParse(unfolded.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var escaped))
            {
                bytes.Add(escaped);
                i += 2;
            }
            else
                bytes.Add((byte)unfolded[i]);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
