using ShopFlow.Export.Manifests;

namespace ShopFlow.Export.Model;

/// <summary>Makes the model out of the manifest: texts resolved, arrows found.</summary>
internal sealed class ModelReader(ProblemList problems)
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
                });
            else
                services.Add(new Service(workload.Name) { Variables = variables, Arguments = arguments, Endpoints = endpoints });

            arrows.AddRange(told
                .GroupBy(endpoint => endpoint.Resource)
                .Select(callee => new Arrow(workload.Name, callee.Key, [.. callee.Select(endpoint => endpoint.Port).Distinct().Order()])));
        }

        // A value that nothing uses yet can be wrong all the same.
        foreach (var resource in manifest.Resources)
            if (resource.ConnectionString is { } connection)
                resolver.Resolve(resource.Name, "connectionString", connection, []);

        return new ShopModel(services, servers, arrows, [.. manifest.Parameters]);
    }
}
