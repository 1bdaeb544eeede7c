namespace ShopFlow.Export.Comparison;

/// <summary>What two exporters say otherwise of a workload.</summary>
/// <param name="What">Of what: <c>workload</c>, <c>image</c>, <c>ports</c>, or the name of a variable.</param>
/// <param name="Ours">Null: we have no such thing.</param>
/// <param name="Theirs">Null: they have no such thing.</param>
public sealed record WorkloadDifference(string Workload, string What, string? Ours, string? Theirs)
{
    /// <summary>Why that is as it should be; null: it is not.</summary>
    public string? Reason { get; init; }

    public override string ToString() => (Ours, Theirs) switch
    {
        (_, null) => $"{Workload} {What}: only ours, {Ours}",
        (null, _) => $"{Workload} {What}: only theirs, {Theirs}",
        _ => $"{Workload} {What}: ours {Ours}, theirs {Theirs}",
    };
}
