using Microsoft.AspNetCore.Http.HttpResults;

namespace ShopFlow.Orders.Fulfilment;

/// <summary>What a change of an order came to: a value, or why not.</summary>
internal sealed class Outcome<T>
{
    public T? Value { get; private init; }

    public ValidationProblem? Invalid { get; private init; }

    public ProblemHttpResult? Problem { get; private init; }

    public bool IsSuccess => Invalid is null && Problem is null;

    /// <summary>The same failure of something else.</summary>
    public Outcome<TOther> Failed<TOther>() => new() { Invalid = Invalid, Problem = Problem };

    public static implicit operator Outcome<T>(T value) => new() { Value = value };

    public static implicit operator Outcome<T>(ValidationProblem invalid) => new() { Invalid = invalid };

    public static implicit operator Outcome<T>(ProblemHttpResult problem) => new() { Problem = problem };
}
