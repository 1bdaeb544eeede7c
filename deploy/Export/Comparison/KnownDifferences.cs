namespace ShopFlow.Export.Comparison;

/// <summary>What another exporter does otherwise, and why ours stays as it is.</summary>
internal static class KnownDifferences
{
    /// <param name="kind">The kind of the workload.</param>
    /// <returns>Null: nobody knows of it yet.</returns>
    public static string? Reason(string kind, WorkloadDifference difference) => difference switch
    {
        { What: WorkloadComparison.Whole, Theirs: null } when kind == "Job" => "the model has no Jobs: ours migrates databases and makes secrets before the services roll out",
        { What: ['P', 'A', 'R', 'A', 'M', 'E', 'T', 'E', 'R', '_', ..], Theirs: null } => "what connection strings are put together from in the container",
        { What: "OTEL_EXPORTER_OTLP_ENDPOINT" or "OTEL_SERVICE_NAME", Theirs: null } => "the collector is the cluster's, not the model's",
        { What: "ASPNETCORE_URLS", Ours: null } => "aspirate sets one address for every project; HTTP_PORTS has those of the model, of which the gateway's are two",
        _ => null,
    };
}
