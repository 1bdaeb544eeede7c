using System.Text.RegularExpressions;
using ShopFlow.Export.Manifests;

namespace ShopFlow.Export.Model;

/// <summary>Makes the model out of the manifest: texts resolved, arrows found.</summary>
internal sealed partial class ModelReader(ProblemList problems)
{
    public ShopModel Read(Manifest manifest)
    {
        var resolver = new PlaceholderResolver(manifest, problems);
        var (services, servers, arrows) = (new List<Service>(), new List<Server>(), new List<Arrow>());

        foreach (var workload in manifest.Workloads)
        {
            var told = new List<(string Resource, int Port)>();
            var variables = workload.Environment
                .Select(variable => new Variable(variable.Name, resolver.Resolve(workload.Name, $"env.{variable.Name}", variable.Value, told)))
                .ToArray();
            var arguments = workload.Arguments
                .Select((argument, index) => resolver.Resolve(workload.Name, $"args[{index}]", argument, told))
                .ToArray();
            ManifestBinding[] endpoints = [.. workload.Bindings.DistinctBy(binding => binding.Port)];

            if (workload is ManifestContainer container)
                servers.Add(new Server(container.Name, container.Image)
                {
                    Entrypoint = container.Entrypoint, Volumes = container.Volumes, Variables = variables, Arguments = arguments, Endpoints = endpoints,
                    Outside = container.Outside,
                });
            else
                services.Add(new Service(workload.Name) { Variables = variables, Arguments = arguments, Endpoints = endpoints });

            arrows.AddRange(told
                .GroupBy(endpoint => endpoint.Resource)
                .Select(callee => new Arrow(workload.Name, callee.Key, [.. callee.Select(endpoint => endpoint.Port).Distinct().Order()])));
        }

        var databases = ReadDatabases(manifest, resolver).ToLookup(database => database.Server, database => database.Name);
        return new ShopModel(services, [.. servers.Select(server => server with { Databases = [.. databases[server.Name]] })], arrows, [.. manifest.Parameters]);
    }

    // Every connection string is resolved, because one that nothing uses yet can be wrong all the same.
    private static IEnumerable<(string Server, string Name)> ReadDatabases(Manifest manifest, PlaceholderResolver resolver)
    {
        foreach (var resource in manifest.Resources)
        {
            if (resource.ConnectionString is not { } connection)
                continue;

            var told = new List<(string Resource, int Port)>();
            var text = resolver.Resolve(resource.Name, "connectionString", connection, told);
            if (told is [var server, ..] && text.Parts is [.., FixedText last] && DatabaseForm().Match(last.Text) is { Success: true } database)
                yield return (server.Resource, database.Groups[1].Value);
        }
    }

    [GeneratedRegex(";Database=([^;]+)")]
    private static partial Regex DatabaseForm();
}
