using Microsoft.AspNetCore.Http.HttpResults;

namespace ShopFlow.ServiceDefaults;

/// <summary>
/// Collects every wrong field of a request.
/// <code>
/// var validator = new Validator();
/// validator.Check(quantity is >= 1 and &lt;= 99, "items[0].quantity", "must be between 1 and 99");
/// if (validator.Problem is { } problem) return problem;
/// </code>
/// </summary>
public sealed class Validator
{
    private Dictionary<string, List<string>>? _errors;

    public bool IsValid => _errors is null;

    /// <summary>A 400 that names every wrong field, or null when all checks passed.</summary>
    public ValidationProblem? Problem
        => _errors is null ? null : Problems.Invalid(_errors.ToDictionary(error => error.Key, error => error.Value.ToArray()));

    /// <summary>Notes <paramref name="message"/> for <paramref name="field"/> unless <paramref name="ok"/>; returns <paramref name="ok"/>.</summary>
    /// <param name="ok">What has to hold.</param>
    /// <param name="field">The field's path as the client wrote it, such as <c>items[0].quantity</c>.</param>
    /// <param name="message">What the field must be, such as "must be between 1 and 99".</param>
    public bool Check(bool ok, string field, string message)
    {
        if (!ok)
            Add(field, message);

        return ok;
    }

    /// <summary>The same for the name of a value of <typeparamref name="T"/>, in whatever letters. Null is none and passes.</summary>
    public bool CheckName<T>(string? name, string field)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        return Check(name is null || names.Contains(name, StringComparer.OrdinalIgnoreCase), field, $"must be one of {string.Join(", ", names)}");
    }

    public void Add(string field, string message)
    {
        _errors ??= [];
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];

        messages.Add(message);
    }
}
