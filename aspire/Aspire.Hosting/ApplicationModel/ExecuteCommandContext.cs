using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public sealed class ExecuteCommandContext
{
    public required IServiceProvider ServiceProvider { get; init; }

    /// <summary>The name of the running instance, such as <c>orders-ksnwqpfh</c>.</summary>
    public required string ResourceName { get; init; }

    public required ILogger Logger { get; init; }

    public required CancellationToken CancellationToken { get; init; }
}
