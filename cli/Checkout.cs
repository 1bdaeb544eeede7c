using System.Reflection;

namespace ShopFlow.Cli;

/// <summary>The paths of one checkout of the repository.</summary>
internal sealed record Checkout(string Root)
{
    /// <summary>Everything that is made at run time; git ignores it.</summary>
    public string State => Path.Combine(Root, ".shopflow");

    /// <summary>Where a run has its data that is not the developer's own; null for that one.</summary>
    public string? OwnData { get; init; }

    public string Data => OwnData ?? Path.Combine(State, "data");

    public string Run => Path.Combine(OwnData ?? State, "run");

    public string Logs => Path.Combine(Run, "logs");

    public string StatusFile => Path.Combine(Run, "status.json");

    public string ConnectionsFile => Path.Combine(Run, "connections.json");

    public string AppHostLog => Path.Combine(Run, "apphost.log");

    public string AppHostPid => Path.Combine(Run, "apphost.pid");

    public string AspireProps => Path.Combine(State, "aspire.props");

    public string Solution => Path.Combine(Root, "ShopFlow.sln");

    public string AppHostProject => Path.Combine(Root, "ShopFlow.AppHost", "ShopFlow.AppHost.csproj");

    public string AppHostAssembly => AppHostAssemblyOf(Configuration);

    public string Services => Path.Combine(Root, "services");

    public string Docs => Path.Combine(Root, "docs");

    /// <summary>The settings that <c>export</c> reads.</summary>
    public string Environments => Path.Combine(Root, "deploy", "environments");

    /// <summary>What <c>export</c> writes.</summary>
    public string Kubernetes => Path.Combine(Root, "deploy", "kubernetes");

    /// <summary>The Helm chart.</summary>
    public string Chart => Path.Combine(Root, "deploy", "helm", "shopflow");

    public string ApiDocument => Path.Combine(Root, "docs", "openapi.json");

    public string BaselineAssembly => Path.Combine(Root, "bench", "Baseline", "bin", Configuration, "net10.0", "ShopFlow.Baseline.dll");

    // The tests of Debug run what was built with them; ./shopflow itself is always built as Release.
    private static string Configuration => typeof(Checkout).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The folder that holds the orchestrator (<c>dcp/</c>) and the dashboard (<c>managed/</c>).</summary>
    public static string AspireBundle => Path.GetFullPath(Metadata("AspireBundle"));

    public static string AspireVersion => Metadata("AspireVersion");

    public string AppHostAssemblyOf(string configuration) => Path.Combine(Root, "ShopFlow.AppHost", "bin", configuration, "net10.0", "ShopFlow.AppHost.dll");

    public static Checkout Find()
    {
        var root = Environment.GetEnvironmentVariable("SHOPFLOW_ROOT") is { Length: > 0 } given
            ? given
            : Path.Combine(AppContext.BaseDirectory, "..", "..");
        return new Checkout(Path.GetFullPath(root).TrimEnd(Path.DirectorySeparatorChar));
    }

    private static string Metadata(string key) => typeof(Checkout).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
