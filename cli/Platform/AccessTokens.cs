using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Cli.Platform;

/// <summary>Signs in at the gateway of a running platform.</summary>
internal static partial class AccessTokens
{
    public const string Admin = "admin";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private sealed record Credentials(string Username, string Password, string? Email = null);

    private sealed record Login(string Token);

    [JsonSerializable(typeof(Credentials))]
    [JsonSerializable(typeof(Login))]
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    private sealed partial class Json : JsonSerializerContext;

    /// <summary>A token of admin, or of a customer, who is registered if need be.</summary>
    /// <exception cref="CommandFailedException">The gateway refuses, or does not answer.</exception>
    public static async Task<string> SignInAsync(HttpClient gateway, Checkout checkout, string user, string? password, CancellationToken cancellationToken)
    {
        var adminPassword = UserSecrets.Parameter(checkout, "admin-password");
        var credentials = user == Admin
            ? new Credentials(user, adminPassword)
            : new Credentials(user, password ?? PasswordOf(user, adminPassword));
        try
        {
            return await SignInAsync(gateway, credentials, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailedException($"The gateway at {gateway.BaseAddress} does not answer: {e.Message}");
        }
    }

    private static async Task<string> SignInAsync(HttpClient gateway, Credentials credentials, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(gateway, "auth/login", credentials, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Unauthorized && credentials.Username != Admin)
        {
            var newcomer = credentials with { Email = $"{credentials.Username}@shopflow.example" };
            answer = await PostAsync(gateway, "auth/register", newcomer, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Conflict)
                throw new CommandFailedException($"{credentials.Username} exists with another password. Give it with --password.");
        }

        if (!answer.IsSuccessStatusCode)
            throw new CommandFailedException($"The gateway refused to log {credentials.Username} in: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");

        return (await answer.Content.ReadFromJsonAsync(Json.Default.Login, cancellationToken))!.Token;
    }

    // Comes back when it is told to; a lock-out of minutes is an answer.
    private static async Task<HttpResponseMessage> PostAsync(HttpClient gateway, string path, Credentials credentials, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await gateway.PostAsJsonAsync(path, credentials, Json.Default.Credentials, cancellationToken);
            if (answer is not { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: { } pause } || clock.Elapsed + pause > s_patience)
                return answer;
            answer.Dispose();
            await Task.Delay(pause, cancellationToken);
        }
    }

    // Customers that are registered here need no password to remember: it follows from their name and a secret of this machine.
    private static string PasswordOf(string user, string secret) =>
        "Aa1-" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(user)))[..24];
}
