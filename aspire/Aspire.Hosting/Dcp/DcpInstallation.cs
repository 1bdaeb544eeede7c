namespace Aspire.Hosting.Dcp;

/// <summary>Tells early, and with the remedy, that a program which this machine needs is not there.</summary>
internal static class DcpInstallation
{
    /// <exception cref="DistributedApplicationException">The path is not configured or names no file.</exception>
    public static string Require(string? path, string what)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new DistributedApplicationException(
                $"The AppHost does not say where {what} is. Build it with the AppHost's own project file, or run ./shopflow setup.");
        }

        if (!File.Exists(path))
        {
            throw new DistributedApplicationException($"{Capital(what)} is not at {path}. Run ./shopflow setup to fetch it.");
        }

        return path;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
