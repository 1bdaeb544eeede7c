using System.Net.Http.Headers;

namespace ShopFlow.Cli.Platform;

internal static class RunningGateway
{
    /// <summary>A client of the platform that runs from this checkout.</summary>
    /// <exception cref="CommandFailedException">Nothing runs.</exception>
    public static HttpClient Connect(Checkout checkout)
    {
        var gateway = RunStatus.Read(checkout)?.Gateway
            ?? throw new CommandFailedException("Nothing runs from this checkout. Start it with ./shopflow up.");
        return new HttpClient { BaseAddress = new Uri(gateway), Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <inheritdoc cref="Connect"/>
    /// <summary>The same, signed in as the administrator.</summary>
    public static async Task<HttpClient> ConnectAsAdminAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var http = Connect(checkout);
        var token = await AccessTokens.SignInAsync(http, checkout, AccessTokens.Admin, password: null, cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
