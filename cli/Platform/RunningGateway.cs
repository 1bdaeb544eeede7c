using System.Net.Http.Headers;

namespace ShopFlow.Cli.Platform;

internal static class RunningGateway
{
    /// <summary>A client of the platform that runs from this checkout.</summary>
    /// <param name="checkout">Where it runs from.</param>
    /// <param name="limit">How long an answer may take; 20 seconds if not given.</param>
    /// <exception cref="CommandFailedException">Nothing runs.</exception>
    public static HttpClient Connect(Checkout checkout, TimeSpan? limit = null)
    {
        var gateway = RunStatus.Read(checkout)?.Gateway
            ?? throw new CommandFailedException("Nothing runs from this checkout. Start it with ./shopflow up.");
        return new HttpClient { BaseAddress = new Uri(gateway), Timeout = limit ?? TimeSpan.FromSeconds(20) };
    }

    /// <inheritdoc cref="Connect"/>
    /// <summary>The same, signed in as the administrator.</summary>
    public static async Task<HttpClient> ConnectAsAdminAsync(Checkout checkout, CancellationToken cancellationToken, TimeSpan? limit = null)
    {
        var http = Connect(checkout, limit);
        var token = await AccessTokens.SignInAsync(http, checkout, AccessTokens.Admin, password: null, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
