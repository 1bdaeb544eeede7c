using System.Globalization;
using System.Text.Encodings.Web;
using ShopFlow.PaymentSandbox.Charges;

namespace ShopFlow.PaymentSandbox.Challenges;

internal static class ChallengePage
{
    /// <summary>No script, nothing from elsewhere, in nobody's frame.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static string Of(Charge charge) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Confirm your payment</title>
          <style>
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#eef1f6, #14171c); }
            main { width: min(22rem, 90vw); padding: 2rem; border-radius: 1rem; background: light-dark(#fff, #1f242c); box-shadow: 0 8px 32px #0002; }
            h1 { margin: 0; font-size: 1.1rem; }
            .amount { margin: .5rem 0; font-size: 2rem; font-weight: 600; }
            .small { margin: 0; font-size: .85rem; opacity: .7; overflow-wrap: anywhere; }
            form { margin-top: 1rem; }
            button { width: 100%; padding: .75rem; border: 0; border-radius: .5rem; font: inherit; cursor: pointer; }
            .approve { background: #1a6b3c; color: #fff; }
            .fail { background: light-dark(#e4e7ec, #333a45); color: inherit; }
          </style>
        </head>
        <body>
          <main>
            <h1>{{Title(charge)}}</h1>
            <p class="amount">{{Amount(charge)}}</p>
            <p class="small">Sandbox bank. No real money moves.<br>{{Text(charge.Reference)}}</p>
            {{Forms(charge)}}
          </main>
        </body>
        </html>
        """;

    private static string Title(Charge charge) => charge.Status switch
    {
        ChargeStatus.RequiresAction => "Is this payment yours?",
        ChargeStatus.Authorised or ChargeStatus.Captured => "Payment confirmed. You can go back to the shop.",
        ChargeStatus.Declined => "Payment refused. You can go back to the shop.",
        _ => "The shop has given this payment up.",
    };

    private static string Forms(Charge charge) => charge.Status != ChargeStatus.RequiresAction ? "" : $"""
        <form method="post" action="{charge.ChallengeId}/approve"><button class="approve">Approve</button></form>
        <form method="post" action="{charge.ChallengeId}/fail"><button class="fail">This is not mine</button></form>
        """;

    private static string Amount(Charge charge)
    {
        var amount = charge.Currency == "JPY"
            ? charge.Amount.ToString("N0", CultureInfo.InvariantCulture)
            : (charge.Amount / 100m).ToString("N2", CultureInfo.InvariantCulture);
        return $"{amount} {Text(charge.Currency)}";
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
