namespace Aspire.Hosting.ApplicationModel;

internal sealed class ExecutionConfigurationResult : IExecutionConfigurationResult
{
    public required IReadOnlyList<(object Unprocessed, string Processed, bool IsSensitive)> ArgumentsWithUnprocessed { get; init; }

    public required IReadOnlyList<KeyValuePair<string, (object Unprocessed, string Processed)>> EnvironmentVariablesWithUnprocessed { get; init; }

    public required Exception? Exception { get; init; }

    public IEnumerable<(string Value, bool IsSensitive)> Arguments =>
        ArgumentsWithUnprocessed.Select(argument => (argument.Processed, argument.IsSensitive));

    public IEnumerable<KeyValuePair<string, string>> EnvironmentVariables =>
        EnvironmentVariablesWithUnprocessed.Select(variable => KeyValuePair.Create(variable.Key, variable.Value.Processed));

    public IEnumerable<object> References => ArgumentsWithUnprocessed
        .Select(argument => argument.Unprocessed)
        .Concat(EnvironmentVariablesWithUnprocessed.Select(variable => variable.Value.Unprocessed))
        .Where(value => value is IValueProvider or IManifestExpressionProvider)
        .Distinct();

    IEnumerable<(object Unprocessed, string Processed, bool IsSensitive)> IExecutionConfigurationResult.ArgumentsWithUnprocessed =>
        ArgumentsWithUnprocessed;

    IEnumerable<KeyValuePair<string, (object Unprocessed, string Processed)>> IExecutionConfigurationResult.EnvironmentVariablesWithUnprocessed => EnvironmentVariablesWithUnprocessed;
}
