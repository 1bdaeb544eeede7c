namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that whoever runs or deploys the model supplies. It is read once, when first needed.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);

        _value = new Lazy<string>(() => callback(Default));
        Secret = secret;
    }

    public ParameterDefault? Default { get; set; }

    public bool Secret { get; }

    public bool IsConnectionString { get; set; }

    public string? Description { get; set; }

    public bool EnableDescriptionMarkdown { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    internal string ConfigurationKey
    {
        get => field ?? (IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}");
        set;
    }

    /// <exception cref="MissingParameterValueException">Neither the configuration nor a default has a value.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult<string?>(_value.Value);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<string?>(exception);
        }
    }

    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) =>
        GetValueAsync(cancellationToken);
}
