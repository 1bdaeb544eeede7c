using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Expressions as a manifest spells them, and the entries that they need beside the resources.</summary>
internal sealed class PublishedExpressions
{
    private readonly OrderedDictionary<string, ReferenceExpression> _conditionals = new(StringComparer.OrdinalIgnoreCase);

    public FormattedParameters Parameters { get; } = new();

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> Conditionals => _conditionals;

    public string ToPlaceholders(ReferenceExpression expression)
    {
        if (expression.IsConditional)
        {
            return expression.ValueExpression;
        }

        var placeholders = expression.ManifestExpressions.Select((placeholder, index) =>
            Parameters.Register(expression.ValueProviders[index], expression.StringFormats[index]) is { } name
                ? $"{{{name}.value}}"
                : placeholder);

        return string.Format(CultureInfo.InvariantCulture, expression.Format, [.. placeholders]);
    }

    public void Register(ReferenceExpression expression)
    {
        if (expression.IsConditional)
        {
            Parameters.RegisterAll(expression.WhenTrue);
            Parameters.RegisterAll(expression.WhenFalse);
            AddConditional(expression);
        }
        else
        {
            Parameters.RegisterAll(expression);
        }

        foreach (var inner in expression.ValueProviders.OfType<ReferenceExpression>().Where(provider => provider.IsConditional))
        {
            AddConditional(inner);
        }
    }

    private void AddConditional(ReferenceExpression conditional)
    {
        _conditionals.TryAdd(conditional.Name!, conditional);
        Parameters.Reserve(conditional.Name!);
    }
}
