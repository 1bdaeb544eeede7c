using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Commands;

internal static partial class TokenCommand
{
    private sealed record Credentials(string Username, string Password, string? Email = null);

    private sealed record Login(string Token);

    [JsonSerializable(typeof(Credentials))]
    [JsonSerializable(typeof(Login))]
    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    private sealed partial class Json : JsonSerializerContext;

    public static Command Create(Checkout checkout)
    {
        var user = new Argument<string>("USER") { Description = "admin, or the name of a customer; one that does not exist is registered." };
        var password = new Option<string?>("--password") { Description = "The password of a customer that was registered elsewhere." };
        var command = new Command("token", "Print an access token of the running platform, for curl.") { user, password };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var gateway = RunStatus.Read(checkout)?.Gateway
                ?? throw new CommandFailedException("Nothing runs from this checkout. Start it with ./shopflow up.");
            using var http = new HttpClient { BaseAddress = new Uri(gateway), Timeout = TimeSpan.FromSeconds(20) };

            var name = parsed.GetValue(user)!;
            var adminPassword = AdminPassword(checkout);
            var credentials = name == "admin"
                ? new Credentials(name, adminPassword)
                : new Credentials(name, parsed.GetValue(password) ?? PasswordOf(name, adminPassword));

            Console.WriteLine(await TokenAsync(http, credentials, cancellationToken));
            return 0;
        });
        return command;
    }

    private static async Task<string> TokenAsync(HttpClient http, Credentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await http.PostAsJsonAsync("auth/login", credentials, Json.Default.Credentials, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.Unauthorized && credentials.Username != "admin")
            {
                var newcomer = credentials with { Email = $"{credentials.Username}@shopflow.example" };
                answer = await http.PostAsJsonAsync("auth/register", newcomer, Json.Default.Credentials, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.Conflict)
                    throw new CommandFailedException($"{credentials.Username} exists with another password. Give it with --password.");
            }

            if (!answer.IsSuccessStatusCode)
                throw new CommandFailedException($"The gateway refused to log {credentials.Username} in: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");

            return (await answer.Content.ReadFromJsonAsync(Json.Default.Login, cancellationToken))!.Token;
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailedException($"The gateway at {http.BaseAddress} does not answer: {e.Message}");
        }
    }

    // The parameter as the AppHost sees it: the environment, or what the first run wrote to the user secrets.
    private static string AdminPassword(Checkout checkout)
    {
        if (Environment.GetEnvironmentVariable("Parameters__admin-password") is { Length: > 0 } given)
            return given;

        var id = XDocument.Load(checkout.AppHostProject).Descendants("UserSecretsId").Single().Value;
        var folder = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Microsoft", "UserSecrets")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".microsoft", "usersecrets");
        var file = Path.Combine(folder, id, "secrets.json");

        if (File.Exists(file))
        {
            using var secrets = JsonDocument.Parse(File.ReadAllText(file).TrimStart('\uFEFF'));
            if (secrets.RootElement.TryGetProperty("Parameters:admin-password", out var password))
                return password.GetString()!;
        }

        throw new CommandFailedException($"The admin password is not in {file}. It is written there when the platform starts for the first time.");
    }

    // Customers that this command registers need no password to remember: it follows from their name and a secret of this machine.
    private static string PasswordOf(string user, string secret) =>
        "Aa1-" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(user)))[..24];
}
