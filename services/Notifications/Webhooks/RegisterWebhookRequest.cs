using System.Net;
using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Webhooks;

/// <param name="Url">Where to send to, with https.</param>
/// <param name="Types">What to tell of; everything when it is left out.</param>
/// <param name="Secret">Signs what is sent; made up when it is left out.</param>
internal sealed record RegisterWebhookRequest(string? Url, string?[]? Types, string? Secret)
{
    private const int LongestUrl = 2000;
    private const int ShortestSecret = 16;
    private const int LongestSecret = 200;

    private static readonly NotificationType[] s_offered = [.. Enum.GetValues<NotificationType>().Where(type => type is not NotificationType.StockLow)];

    internal NotificationType[] WantedTypes => Types is null ? s_offered : [.. Types.Select(type => Enum.Parse<NotificationType>(type!))];

    public void Check(Validator validator, WebhookOptions options)
    {
        validator.Check(
            IsUrl(options),
            "url",
            $"must be an https address of at most {LongestUrl} characters, on the internet, without a user and a part after #");
        validator.Check(
            Types is null || (Types.Length > 0 && Types.Distinct().Count() == Types.Length && Types.All(IsOffered)),
            "types",
            $"must be different ones of {string.Join(", ", s_offered)}");
        validator.Check(
            Secret is null or { Length: >= ShortestSecret and <= LongestSecret } && Secret?.Any(char.IsControl) != true,
            "secret",
            $"must have {ShortestSecret} to {LongestSecret} characters and no control characters");
    }

    // What the name stands for is looked at whenever something is sent; an address that is written out can be refused at once.
    private bool IsUrl(WebhookOptions options) =>
        Url is { Length: <= LongestUrl }
        && Uri.TryCreate(Url, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (options.AllowPrivateAddresses && url.Scheme == Uri.UriSchemeHttp))
        && !Url.Any(char.IsControl)
        && url is { UserInfo: "", Fragment: "" }
        && (options.AllowPrivateAddresses || !IPAddress.TryParse(url.IdnHost, out var address) || PublicAddresses.Contain(address));

    private static bool IsOffered(string? name) => Array.Exists(s_offered, type => type.ToString() == name);
}
