using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads values through any depth of expressions and remembers whether a secret was among them.</summary>
internal static class ExpressionResolver
{
    public static async ValueTask<ResolvedValue> ResolveAsync(
        IValueProvider provider,
        ValueProviderContext context,
        CancellationToken cancellationToken) =>
        provider switch
    {
        ReferenceExpression expression => await FillAsync(expression, context, cancellationToken),
        ConnectionStringReference reference => await ReadConnectionStringAsync(reference, context, cancellationToken),
        ParameterResource parameter => new ResolvedValue(await parameter.GetValueAsync(cancellationToken), parameter.Secret),
        IResourceWithConnectionString resource => await FillAsync(resource.ConnectionStringExpression, context, cancellationToken),
        _ => new ResolvedValue(await provider.GetValueAsync(context, cancellationToken), IsSensitive: false),
    };

    private static async ValueTask<ResolvedValue> ReadConnectionStringAsync(
        ConnectionStringReference reference,
        ValueProviderContext context,
        CancellationToken cancellationToken)
    {
        var resolved = await ResolveAsync(reference.Resource, context, cancellationToken);
        reference.RequireAvailable(resolved.Value);
        return resolved;
    }

    private static async ValueTask<ResolvedValue> FillAsync(
        ReferenceExpression expression,
        ValueProviderContext context,
        CancellationToken cancellationToken)
    {
        if (expression.IsConditional)
        {
            var (choice, _) = await ResolveAsync(expression.Condition, context, cancellationToken);
            var branch = string.Equals(choice, expression.MatchValue, StringComparison.OrdinalIgnoreCase)
                ? expression.WhenTrue
                : expression.WhenFalse;
            return await FillAsync(branch, context, cancellationToken);
        }

        var values = new object?[expression.ValueProviders.Count];
        var isSensitive = false;

        for (var i = 0; i < values.Length; i++)
        {
            var resolved = await ResolveAsync(expression.ValueProviders[i], context, cancellationToken);
            values[i] = expression.StringFormats[i] is { } format && resolved.Value is { } text
                ? ValueFormat.Apply(text, format)
                : resolved.Value;
            isSensitive |= resolved.IsSensitive;
        }

        // Nothing to say is told apart from an empty text: an empty connection string counts as missing.
        var value = expression.Format.Length == 0 ? null : string.Format(CultureInfo.InvariantCulture, expression.Format, values);
        return new ResolvedValue(value, isSensitive);
    }
}
