using System.Text.Json.Nodes;
using ShopFlow.Export.Model;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kubernetes;

/// <summary>
/// The environment of a container. What is constant is in the workload's ConfigMap. What needs a parameter is put together by Kubernetes in the
/// container, so that no secret is written down but in its Secret: <c>Password=$(PARAMETER_ORDERSDB_PASSWORD)</c>.
/// </summary>
internal static class Variables
{
    /// <summary>The ConfigMap with the model's parameters that are no secrets.</summary>
    public const string Parameters = "parameters";

    /// <summary>The key of a Secret that holds a parameter.</summary>
    public const string ValueKey = "value";

    /// <summary>The same, escaped for a URI.</summary>
    public const string UriKey = "uri";

    /// <summary>What the names of variables begin with that others are put together from.</summary>
    public const string ParameterPrefix = "PARAMETER_";

    public static IEnumerable<(string Name, string Value)> Constants(Workload workload) =>
        from variable in workload.Variables
        let constant = variable.Value.Constant
        where constant is not null
        select (variable.Name, constant);

    public static JsonArray Of(Workload workload)
    {
        // A variable can use those before it only.
        var parts = workload.Variables.Select(variable => variable.Value).Where(value => value.OnlyParameter is null)
            .Concat(workload.Arguments)
            .SelectMany(value => value.Parameters)
            .Distinct()
            .Select(value => FromParameter(NameOf(value), value));
        var composed = workload.Variables
            .Where(variable => variable.Value.Constant is null)
            .Select(variable => variable.Value.OnlyParameter is { } only
                ? FromParameter(variable.Name, only)
                : new JsonObject { ["name"] = variable.Name, ["value"] = Text(variable.Value) });

        return List([.. parts, .. composed]);
    }

    public static JsonArray FromConfigMap(string name) => [new JsonObject { ["configMapRef"] = new JsonObject { ["name"] = name } }];

    public static string Text(ResolvedText text) => string.Concat(text.Parts.Select(part => part switch
    {
        FixedText constant => constant.Text.Replace("$(", "$$("),
        ParameterValue value => $"$({NameOf(value)})",
        _ => throw new InvalidOperationException($"A text has no part {part}."),
    }));

    public static string KeyInParameters(ParameterValue value) => value.IsUriEncoded ? $"{value.Parameter.Name}.{UriKey}" : value.Parameter.Name;

    private static JsonObject FromParameter(string name, ParameterValue value)
    {
        var (source, reference) = value.Parameter.IsSecret
            ? ("secretKeyRef", Reference(value.Parameter.Name, value.IsUriEncoded ? UriKey : ValueKey))
            : ("configMapKeyRef", Reference(Parameters, KeyInParameters(value)));
        return new JsonObject { ["name"] = name, ["valueFrom"] = new JsonObject { [source] = reference } };
    }

    private static JsonObject Reference(string name, string key) => new() { ["name"] = name, ["key"] = key };

    private static string NameOf(ParameterValue value) =>
        $"{ParameterPrefix}{value.Parameter.Name.ToUpperInvariant().Replace('-', '_')}{(value.IsUriEncoded ? "_URI" : "")}";
}
