namespace ShopFlow.Cli.Setup;

/// <summary>How PostgreSQL, RabbitMQ and Redis run: <c>auto</c>, <c>containers</c> or <c>native</c>.</summary>
internal sealed record ResourceChoice(string Name)
{
    public static readonly string[] Names = ["auto", "containers", "native"];

    /// <summary>Whether the servers installed on this machine are used.</summary>
    /// <exception cref="CommandFailedException">Containers are asked for and no engine answers.</exception>
    public async Task<bool> AreNativeAsync(CancellationToken cancellationToken)
    {
        if (Name == "native")
            return true;

        var hasEngine = await Machine.ContainerEngineAsync(cancellationToken) is not null;
        if (Name == "containers" && !hasEngine)
            throw new CommandFailedException("No container engine answers. Start Docker or Podman, or use --resources native.");
        return !hasEngine;
    }
}
