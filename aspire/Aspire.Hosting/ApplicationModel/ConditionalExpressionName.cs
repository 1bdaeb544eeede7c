using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The manifest needs a name for each conditional expression: readable, and the same in every run.</summary>
internal static class ConditionalExpressionName
{
    public static string Create(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        var expression = (condition as IManifestExpressionProvider)?.ValueExpression;
        var text = (expression ?? condition.GetType().Name) + whenTrue.ValueExpression + whenFalse.ValueExpression + matchValue;
        var hash = XxHash32.Compute(Encoding.UTF8.GetBytes(text));

        return $"cond-{Words(expression)}-{hash:x8}";
    }

    private static string Words(string? expression)
    {
        var words = ManifestWords.Join(expression ?? "");
        return words.Length > 0 ? words : "expr";
    }
}
