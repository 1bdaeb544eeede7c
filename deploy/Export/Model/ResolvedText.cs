using ShopFlow.Export.Manifests;

namespace ShopFlow.Export.Model;

/// <summary>A text whose placeholders are resolved down to what is only known in the cluster: the values of parameters.</summary>
internal sealed record ResolvedText(IReadOnlyList<ResolvedPart> Parts)
{
    public static ResolvedText Of(string text) => new([new FixedText(text)]);

    public IEnumerable<ParameterValue> Parameters => Parts.OfType<ParameterValue>();

    /// <summary>The text, where it needs no parameter.</summary>
    public string? Constant => Parts.All(part => part is FixedText) ? string.Concat(Parts.Select(part => ((FixedText)part).Text)) : null;

    /// <summary>The parameter, where the text is nothing else.</summary>
    public ParameterValue? OnlyParameter => Parts is [ParameterValue value] ? value : null;
}

internal abstract record ResolvedPart;

internal sealed record FixedText(string Text) : ResolvedPart;

/// <param name="IsUriEncoded">Whether the value stands in a URI, with everything escaped that has a meaning there.</param>
internal sealed record ParameterValue(ManifestParameter Parameter, bool IsUriEncoded) : ResolvedPart;
