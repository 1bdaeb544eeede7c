using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Text with holes: read at run time it is the text with every value filled in, written to a manifest it is the text with placeholders.
/// A conditional one is one of two such texts, chosen when it is read.
/// </summary>
public class ReferenceExpression : IExpressionValue, IValueWithReferences
{
    public static readonly ReferenceExpression Empty = new("", [], [], []);

    internal ReferenceExpression(
        string format,
        IReadOnlyList<IValueProvider> valueProviders,
        IReadOnlyList<string> manifestExpressions,
        IReadOnlyList<string?> stringFormats)
    {
        Format = format;
        ValueProviders = valueProviders;
        ManifestExpressions = manifestExpressions;
        StringFormats = stringFormats;
    }

    private ReferenceExpression(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
        : this("", [.. whenTrue.ValueProviders, .. whenFalse.ValueProviders], [], [])
    {
        Condition = condition;
        MatchValue = matchValue;
        WhenTrue = whenTrue;
        WhenFalse = whenFalse;
        Name = ConditionalExpressionName.Create(condition, matchValue, whenTrue, whenFalse);
    }

    /// <summary>A composite format string with one hole for each of <see cref="ValueProviders"/>.</summary>
    public string Format { get; }

    public IReadOnlyList<IValueProvider> ValueProviders { get; }

    public IReadOnlyList<string> ManifestExpressions { get; }

    /// <summary>What is done to each value before it is filled in: "uri" or nothing.</summary>
    public IReadOnlyList<string?> StringFormats { get; }

    [MemberNotNullWhen(true, nameof(Condition), nameof(MatchValue), nameof(WhenTrue), nameof(WhenFalse), nameof(Name))]
    public bool IsConditional => Condition is not null;

    public IValueProvider? Condition { get; }

    public string? MatchValue { get; }

    public ReferenceExpression? WhenTrue { get; }

    public ReferenceExpression? WhenFalse { get; }

    public string ValueExpression => IsConditional
        ? $"{{{Name}.connectionString}}"
        : string.Format(CultureInfo.InvariantCulture, Format, [.. ManifestExpressions]);

    /// <summary>The entry of the manifest that a conditional expression becomes.</summary>
    internal string? Name { get; }

    IEnumerable<object> IValueWithReferences.References => IsConditional
        ? [Condition, .. ReferencesOf(Condition), .. ReferencesOf(WhenTrue), .. ReferencesOf(WhenFalse)]
        : ValueProviders;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.Parts.Build();

    public static ReferenceExpression CreateConditional(
        IValueProvider condition,
        string matchValue,
        ReferenceExpression whenTrue,
        ReferenceExpression whenFalse)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentException.ThrowIfNullOrEmpty(matchValue);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);

        return new ReferenceExpression(condition, matchValue, whenTrue, whenFalse);
    }

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        GetValueAsync(new ValueProviderContext(), cancellationToken);

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) =>
        (await ExpressionResolver.ResolveAsync(this, context, cancellationToken)).Value;

    private static IEnumerable<object> ReferencesOf(object value) =>
        value is IValueWithReferences { References: var references } ? references : [];

    /// <summary>Collects <c>$"..."</c> without reading the values in its holes.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler
    {
        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount) => Parts = new ExpressionParts();

        internal ExpressionParts Parts { get; }

        public void AppendLiteral(string value) => Parts.AddText(value);

        public void AppendFormatted(string? value) => Parts.AddText(value);

        public void AppendFormatted(string? value, string? format = null) => Parts.AddText(value, format);

        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider =>
            Parts.AddValue(valueProvider, valueProvider.ValueExpression);

        public void AppendFormatted<T>(T valueProvider, string? format = null) where T : IValueProvider, IManifestExpressionProvider =>
            Parts.AddValue(valueProvider, valueProvider.ValueExpression, format);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            AppendFormatted(valueProvider.Resource);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            AppendFormatted(valueProvider.Resource, format);

        [Obsolete("ReferenceExpression instances can't be used in interpolated string with a custom format. Duplicate the inner expression in-place.", error: true)]
        public void AppendFormatted(ReferenceExpression valueProvider, string format) => throw new InvalidOperationException();
    }
}
