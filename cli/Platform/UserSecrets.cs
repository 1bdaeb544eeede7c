using System.Text.Json;
using System.Xml.Linq;

namespace ShopFlow.Cli.Platform;

/// <summary>The parameters as the AppHost sees them: from the environment, or from what the first run wrote to the user secrets.</summary>
internal static class UserSecrets
{
    /// <param name="checkout">Whose AppHost.</param>
    /// <param name="parameter">By its name in the model, such as admin-password.</param>
    /// <exception cref="CommandFailedException">The platform has never run here.</exception>
    public static string Parameter(Checkout checkout, string parameter)
    {
        if (Environment.GetEnvironmentVariable($"Parameters__{parameter}") is { Length: > 0 } given)
            return given;

        var id = XDocument.Load(checkout.AppHostProject).Descendants("UserSecretsId").Single().Value;
        var folder = OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Microsoft", "UserSecrets")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".microsoft", "usersecrets");
        var file = Path.Combine(folder, id, "secrets.json");

        if (File.Exists(file))
        {
            using var secrets = JsonDocument.Parse(File.ReadAllText(file).TrimStart('\uFEFF'));
            if (secrets.RootElement.TryGetProperty($"Parameters:{parameter}", out var value))
                return value.GetString()!;
        }

        throw new CommandFailedException($"The parameter {parameter} is not in {file}. It is written there when the platform starts for the first time.");
    }
}
