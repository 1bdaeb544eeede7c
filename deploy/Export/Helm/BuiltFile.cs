using System.Text.Json.Nodes;

namespace ShopFlow.Export.Helm;

/// <summary>The objects of a file at a point, with placeholders in them.</summary>
/// <param name="Services">Whose settings were asked for, as <c>paymentSandbox</c>.</param>
internal sealed record BuiltFile(Placeholders Placeholders, IReadOnlyList<JsonObject> Objects, IReadOnlySet<string> Services)
{
    /// <summary>Whether another choice may give other objects.</summary>
    public bool HangsOn(Switch decided) => decided.Service is not { } service || Services.Contains(service);
}
