using System.Diagnostics;

namespace ShopFlow.Cli.OpenApi;

/// <summary>Checks docs/openapi.json against the rules in docs/redocly.yaml.</summary>
internal static class ApiLint
{
    private const string Package = "@redocly/cli@2.77.0";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    public static bool IsPossible => Tool.Exists("npx");

    /// <returns>The linter's exit code; its report goes to standard output.</returns>
    /// <exception cref="CommandFailedException">npx is not there.</exception>
    public static async Task<int> RunAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        if (!IsPossible)
            throw new CommandFailedException("npx is not installed; it comes with npm.");

        var docs = Path.GetDirectoryName(checkout.ApiDocument)!;
        var start = new ProcessStartInfo("npx", ["--yes", Package, "lint", "--config", Path.Combine(docs, "redocly.yaml"), checkout.ApiDocument]);
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        var result = await Tool.RunAsync(start, s_limit, cancellationToken, Console.WriteLine);
        return result.ExitCode;
    }
}
