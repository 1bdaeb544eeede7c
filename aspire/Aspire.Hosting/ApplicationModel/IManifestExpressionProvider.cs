namespace Aspire.Hosting.ApplicationModel;

public interface IManifestExpressionProvider
{
    /// <summary>The placeholder that stands for the value in a manifest, such as <c>{cache.bindings.tcp.port}</c>.</summary>
    string ValueExpression { get; }
}
