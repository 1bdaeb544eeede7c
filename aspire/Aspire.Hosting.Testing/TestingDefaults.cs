using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What differs under test, unless the arguments or the test say otherwise.</summary>
internal static class TestingDefaults
{
    private static readonly JsonSerializerOptions LaunchSettingsFormat = new()
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static void Apply(
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        Assembly appHost,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        settings.Args = [.. settings.Args ?? [], .. args];
        settings.Configuration ??= new ConfigurationManager();
        settings.ApplicationName = appHost.GetName().Name ?? "";
        options.Args = settings.Args;
        options.AssemblyName = settings.ApplicationName;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;

        SetDefaults(settings, new Dictionary<string, string?>
        {
            ["DcpPublisher:RandomizePorts"] = "true",
            ["DcpPublisher:WaitForResourceCleanup"] = "true",
            ["DcpPublisher:ContainerRuntimeInitializationTimeout"] = "00:00:30",
            ["ASPNETCORE_URLS"] = "http://localhost:8080",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        });

        if (AssemblyMetadata.Get(appHost, "AppHostProjectPath") is { } folder && Directory.Exists(folder))
        {
            settings.ContentRootPath = folder;
        }

        configureBuilder(options, settings);
        SetDefaults(settings, LaunchProfileVariables(settings));
    }

    /// <summary>The environment of the AppHost's launch profile, as <c>dotnet run</c> would set it.</summary>
    private static Dictionary<string, string?> LaunchProfileVariables(HostApplicationBuilderSettings settings)
    {
        var path = Path.Combine(settings.ContentRootPath ?? ".", "Properties", "launchSettings.json");
        if (!File.Exists(path)
            || JsonSerializer.Deserialize<LaunchSettings>(
                File.ReadAllText(path), LaunchSettingsFormat) is not { Profiles.Count: > 0 } launch)
        {
            return [];
        }

        var wanted = Present(settings)["DOTNET_LAUNCH_PROFILE"];
        var name = string.IsNullOrEmpty(wanted) ? launch.Profiles.Keys.First() : wanted;
        if (!launch.Profiles.TryGetValue(name, out var profile))
        {
            throw new InvalidOperationException($"The launch profile '{name}' is not in {path}.");
        }

        var variables = new Dictionary<string, string?> { ["DOTNET_LAUNCH_PROFILE"] = name };
        foreach (var (key, value) in profile.EnvironmentVariables)
        {
            variables[key] = value;
            variables[WithoutHostPrefix(key)] = value;
        }

        return variables;
    }

    /// <summary>The host reads DOTNET_ENVIRONMENT and ASPNETCORE_ENVIRONMENT as <c>environment</c>.</summary>
    private static string WithoutHostPrefix(string key)
    {
        string[] prefixes = ["DOTNET_", "ASPNETCORE_"];
        var prefix = prefixes.FirstOrDefault(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

        return prefix is null ? key : key[prefix.Length..];
    }

    private static void SetDefaults(HostApplicationBuilderSettings settings, Dictionary<string, string?> defaults)
    {
        var present = Present(settings);
        settings.Configuration!.AddInMemoryCollection(defaults.Where(entry => present[entry.Key] is null));
    }

    private static ConfigurationManager Present(HostApplicationBuilderSettings settings)
    {
        var present = new ConfigurationManager();
        present.AddConfiguration(settings.Configuration!);
        present.AddCommandLine(settings.Args ?? []);

        return present;
    }
}
