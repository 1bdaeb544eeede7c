using System.Text.Json;
using ShopFlow.Cli.Audit;

namespace ShopFlow.Cli.Platform;

/// <summary>The connection strings of the platform that runs from this checkout, by the names of their resources.</summary>
internal static class RunConnections
{
    /// <exception cref="CommandFailedException">The run has not written them.</exception>
    public static Dictionary<string, string> Read(Checkout checkout)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(checkout.ConnectionsFile), AuditJson.Default.DictionaryStringString)!;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new CommandFailedException($"{checkout.ConnectionsFile} cannot be read: {e.Message}");
        }
    }
}
