using ShopFlow.Export.Manifests;

namespace ShopFlow.Export.Model;

/// <summary>
/// Replaces placeholders, nested to any depth, and notes which endpoints were told on the way. Addresses are those inside the cluster: the
/// name of a resource is the name of its Service.
/// </summary>
internal sealed class PlaceholderResolver(Manifest manifest, ProblemList problems)
{
    /// <param name="owner">The resource that has the text, and is told what it says.</param>
    /// <param name="field">Where the text stands.</param>
    /// <param name="endpoints">Receives the endpoints of other resources that the text tells.</param>
    public ResolvedText Resolve(string owner, string field, Template template, ICollection<(string Resource, int Port)> endpoints) =>
        new(Merge(Expand(new Reading(owner, field, endpoints), template, [])));

    private sealed record Reading(string Owner, string Field, ICollection<(string Resource, int Port)> Endpoints);

    private IEnumerable<ResolvedPart> Expand(Reading reading, Template template, IReadOnlyList<string> path) =>
        template.Parts.SelectMany(part => part switch
        {
            Literal literal => [new FixedText(literal.Text)],
            Placeholder placeholder => Expand(reading, placeholder.Path, path),
            _ => throw new InvalidOperationException($"A template has no part {part}."),
        });

    private IEnumerable<ResolvedPart> Expand(Reading reading, string placeholder, IReadOnlyList<string> path)
    {
        if (path.Contains(placeholder))
        {
            problems.Add(reading.Owner, reading.Field, $"{string.Join(" needs ", path.SkipWhile(step => step != placeholder))} needs {placeholder}: that never ends");
            return [];
        }

        var steps = placeholder.Split('.');
        return (manifest.Find(steps[0]), steps[1..]) switch
        {
            (null, _) => Unresolved(reading, placeholder, path, $"there is no resource '{steps[0]}'"),
            (ManifestUnsupported, _) => [],
            ({ ConnectionString: { } connection }, ["connectionString"]) => Expand(reading, connection, [.. path, placeholder]),
            (ManifestParameter parameter, ["value"]) => [new ParameterValue(parameter, IsUriEncoded: false)],
            (ManifestAnnotatedString text, ["value"]) => Filter(text, Expand(reading, text.Value, [.. path, placeholder])),
            (ManifestWorkload workload, ["bindings", var name, var property]) when workload.Binding(name) is { } binding =>
                Endpoint(reading, placeholder, path, workload, binding, property),
            (ManifestWorkload workload, ["bindings", var name, _]) => Unresolved(reading, placeholder, path, $"{workload.Name} has no endpoint '{name}'"),
            (_, []) => Unresolved(reading, placeholder, path, "it names a resource and nothing of it"),
            _ => Unresolved(reading, placeholder, path, $"{steps[0]} has no {string.Join('.', steps[1..])}"),
        };
    }

    private IEnumerable<ResolvedPart> Endpoint(
        Reading reading, string placeholder, IReadOnlyList<string> path, ManifestWorkload workload, ManifestBinding binding, string property)
    {
        var host = workload.Outside?.Host ?? workload.Name;
        var text = property switch
        {
            "url" => $"{binding.Scheme}://{host}:{binding.Port}",
            "host" => host,
            "port" => $"{binding.Port}",
            "targetPort" => $"{binding.TargetPort}",
            "scheme" => binding.Scheme,
            "tlsEnabled" => $"{workload.Outside is not null}",
            _ => null,
        };
        if (text is null)
            return Unresolved(reading, placeholder, path, $"an endpoint has no {property}");

        if (workload.Name != reading.Owner)
            reading.Endpoints.Add((workload.Name, binding.Port));
        return [new FixedText(text)];
    }

    private static IEnumerable<ResolvedPart> Filter(ManifestAnnotatedString text, IEnumerable<ResolvedPart> parts) =>
        text.Filter.Length == 0 ? parts : parts.Select<ResolvedPart, ResolvedPart>(part => part switch
        {
            ParameterValue value => value with { IsUriEncoded = true },
            FixedText constant => new FixedText(Uri.EscapeDataString(constant.Text)),
            _ => part,
        });

    private IEnumerable<ResolvedPart> Unresolved(Reading reading, string placeholder, IReadOnlyList<string> path, string reason)
    {
        var by = path.Count > 0 ? $", which {path[^1]} needs" : "";
        problems.Add(reading.Owner, reading.Field, $"{{{placeholder}}}{by} cannot be resolved: {reason}");
        return [];
    }

    private static List<ResolvedPart> Merge(IEnumerable<ResolvedPart> parts)
    {
        var merged = new List<ResolvedPart>();
        foreach (var part in parts)
        {
            if (part is FixedText next && merged is [.., FixedText last])
                merged[^1] = new FixedText(last.Text + next.Text);
            else if (part is not FixedText { Text.Length: 0 })
                merged.Add(part);
        }

        return merged;
    }
}
