namespace Aspire.Hosting.ApplicationModel;

/// <summary>Arguments and environment of one resource, resolved.</summary>
public interface IExecutionConfigurationResult
{
    IEnumerable<(string Value, bool IsSensitive)> Arguments { get; }

    IEnumerable<(object Unprocessed, string Processed, bool IsSensitive)> ArgumentsWithUnprocessed { get; }

    IEnumerable<KeyValuePair<string, string>> EnvironmentVariables { get; }

    IEnumerable<KeyValuePair<string, (object Unprocessed, string Processed)>> EnvironmentVariablesWithUnprocessed { get; }

    /// <summary>The values that could not be resolved, or null.</summary>
    Exception? Exception { get; }

    IEnumerable<object> References { get; }
}
